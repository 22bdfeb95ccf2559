import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { type Flow, flowColours, flowKinds } from '../../src-shared/flow.ts';
import { FlowDot } from '../ui/flow-mark.tsx';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { FlowAsks } from './flow-asks.tsx';
import { type FlowFieldProps, FlowSelect, FlowSwitch, FlowText } from './flow-fields.tsx';
import { asksWhom } from './flow-setup.ts';
import { RadioCards } from './radio-cards.tsx';
import { saveFlow } from './save-flows.ts';
import { SettingGroup, SettingNote, SettingRow } from './setting-row.tsx';

/** All that a flow is, to change. */
export function FlowEditor({
  flow,
  flows,
  locked,
}: FlowFieldProps & {
  /** The catalogue: a key belongs to one flow only. */
  readonly flows: readonly Flow[];
}) {
  const joins = asksWhom(flow);
  return (
    <>
      <SettingGroup title={t('settings.flows.which')}>
        <FlowText flow={flow} locked={locked} part="name" />
        <AddressRows flow={flow} locked={locked} />
        <KeyRow flow={flow} flows={flows} locked={locked} />
        <ColourRow flow={flow} locked={locked} />
      </SettingGroup>
      <SettingGroup title={t('settings.flows.kind')}>
        <KindRow flow={flow} locked={locked} />
      </SettingGroup>
      <FlowAsks flow={flow} locked={locked} />
      <SettingGroup title={t('settings.flows.phones')}>
        <FlowText flow={flow} locked={locked} part="exoPhone" />
        {joins && (
          <>
            <FlowText flow={flow} locked={locked} part="ringSeconds" />
            <FlowText flow={flow} locked={locked} part="talkSeconds" />
            <FlowSelect
              flow={flow}
              locked={locked}
              place="flow-recording"
              label={t('settings.flows.recording')}
              hint={t('settings.flows.recordingHint')}
              value={flow.recording}
              choices={(['flow', 'off', 'single', 'dual'] as const).map((value) => ({
                value,
                label: t(`settings.flows.recordings.${value}`),
              }))}
              part={(recording) => ({ recording })}
            />
            <FlowText flow={flow} locked={locked} part="whisper" />
            <FlowSwitch
              flow={flow}
              locked={locked}
              place="flow-exoPhoneToRep"
              label={t('settings.flows.exoPhoneToRep')}
              hint={t('settings.flows.exoPhoneToRepHint')}
              on={flow.exoPhoneToRep}
              part={(exoPhoneToRep) => ({ exoPhoneToRep })}
            />
          </>
        )}
      </SettingGroup>
    </>
  );
}

/** Where the flow is: its app id, or a whole Url, which goes first. */
function AddressRows({ flow, locked }: FlowFieldProps) {
  const [wantsUrl, setWantsUrl] = useState(flow.url !== '');
  const choose = async (form: string) => {
    setWantsUrl(form === 'own');
    const { id, url } = flow;
    if (form === 'own' || url === '') return;
    const refused = await saveFlow(id, 'flow-form', { url: '' });
    if (refused !== null) return showToast({ message: refused });
    showToast({
      message: t('settings.flows.urlGone'),
      undo: () => {
        setWantsUrl(true);
        void saveFlow(id, 'flow-url', { url });
      },
    });
  };
  return (
    <>
      <SettingRow
        place="flow-form"
        label={t('settings.flows.form')}
        hint={t('settings.flows.formHint')}
        locked={locked}
      >
        <SegmentedControl
          className="setting-choice"
          aria-label={t('settings.flows.form')}
          disabled={locked}
          value={wantsUrl ? 'own' : 'id'}
          data={[
            { value: 'id', label: t('settings.flows.formById') },
            { value: 'own', label: t('settings.flows.formOwn') },
          ]}
          onChange={(form) => void choose(form)}
        />
      </SettingRow>
      {wantsUrl ? (
        <FlowText flow={flow} locked={locked} part="url" placeholder="https://" />
      ) : (
        <FlowText flow={flow} locked={locked} part="appId" />
      )}
    </>
  );
}

const noKey = 'none';

function KeyRow({ flow, flows, locked }: FlowFieldProps & { readonly flows: readonly Flow[] }) {
  const choices = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((key) => {
    const holder = flows.find((other) => other.key === key && other.id !== flow.id);
    const label =
      holder === undefined ? String(key) : t('settings.flows.keyTaken', { key, name: holder.name });
    return { value: String(key), label };
  });
  return (
    <FlowSelect
      flow={flow}
      locked={locked}
      place="flow-key"
      label={t('settings.flows.keyLabel')}
      hint={t('settings.flows.keyHint')}
      value={flow.key === null ? noKey : String(flow.key)}
      choices={[{ value: noKey, label: t('settings.flows.keyNone') }, ...choices]}
      part={(key) => ({ key: key === noKey ? null : Number(key) })}
    />
  );
}

function ColourRow({ flow, locked }: FlowFieldProps) {
  const [problem, setProblem] = useState('');
  const choose = async (colour: Flow['colour']) =>
    setProblem((await saveFlow(flow.id, 'flow-colour', { colour })) ?? '');
  return (
    <SettingRow
      place="flow-colour"
      label={t('settings.flows.colour')}
      hint={t('settings.flows.colourHint')}
      locked={locked}
      problem={problem}
    >
      <fieldset className="colours" disabled={locked}>
        <legend className="visually-hidden">{t('settings.flows.colour')}</legend>
        {flowColours.map((colour) => (
          <label key={colour} className="colour" title={t(`settings.flows.colours.${colour}`)}>
            <input
              type="radio"
              name="flow-colour"
              aria-label={t(`settings.flows.colours.${colour}`)}
              checked={flow.colour === colour}
              onChange={() => void choose(colour)}
            />
            <FlowDot colour={colour} />
          </label>
        ))}
      </fieldset>
    </SettingRow>
  );
}

function KindRow({ flow, locked }: FlowFieldProps) {
  const [problem, setProblem] = useState('');
  const choose = async (kind: Flow['kind']) =>
    setProblem((await saveFlow(flow.id, 'flow-kind', { kind })) ?? '');
  return (
    <div className="setting-wide">
      <RadioCards
        legend={t('settings.flows.kind')}
        name="flow-kind"
        value={flow.kind}
        disabled={locked}
        choices={flowKinds.map((kind) => ({
          value: kind,
          label: t(`settings.flows.kindOf.${kind}.name`),
          text: t(`settings.flows.kindOf.${kind}.text`),
        }))}
        onChange={(kind) => void choose(kind)}
      />
      <SettingNote place="flow-kind" locked={locked} problem={problem} />
    </div>
  );
}
