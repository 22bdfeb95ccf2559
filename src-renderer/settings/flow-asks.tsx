import { useQuery } from '@tanstack/react-query';
import type { Flow } from '../../src-shared/flow.ts';
import { writeGreeting } from '../../src-shared/greeting.ts';
import { settingsQuery } from '../app/queries.ts';
import { t } from '../words/words.ts';
import { type FlowFieldProps, FlowSelect, FlowSwitch, FlowText } from './flow-fields.tsx';
import { SettingGroup } from './setting-row.tsx';

type Ask = keyof Flow['asks'];

/** Which applets of the flow ask or tell this computer, and what is spoken where one asks. */
export function FlowAsks({ flow, locked }: FlowFieldProps) {
  return (
    <SettingGroup title={t('settings.flows.asks')} hint={t('settings.flows.asksHint')}>
      {asksOf(flow.kind).map((ask) => (
        <FlowSwitch
          key={ask}
          flow={flow}
          locked={locked}
          place={`flow-asks-${ask}`}
          label={t(`settings.flows.ask.${ask}`)}
          hint={t(`settings.flows.ask.${ask}Hint`)}
          on={flow.asks[ask]}
          part={(on) => ({ asks: { ...flow.asks, [ask]: on } })}
        />
      ))}
      {flow.asks.greeting && <GreetingRows flow={flow} locked={locked} />}
    </SettingGroup>
  );
}

/** An automated flow rings nobody: it asks for no number and has no leg to tell of. Exotel itself knows a team. */
function asksOf(kind: Flow['kind']): readonly Ask[] {
  const joins = kind === 'automated' ? [] : (['legEvents'] as const);
  return [...(kind === 'rings-me' ? (['connect'] as const) : []), ...joins, 'passthru', 'greeting'];
}

function GreetingRows({ flow, locked }: FlowFieldProps) {
  return (
    <>
      <FlowText flow={flow} locked={locked} part="greeting" lines={2} />
      <FlowText flow={flow} locked={locked} part="greetingFallback" lines={2} />
      <FlowSelect
        flow={flow}
        locked={locked}
        place="flow-voice"
        label={t('settings.flows.voice')}
        hint={t('settings.flows.voiceHint')}
        value={flow.voice}
        choices={(['latin', 'devanagari', 'any'] as const).map((voice) => ({
          value: voice,
          label: t(`settings.flows.voices.${voice}`),
        }))}
        part={(voice) => ({ voice })}
      />
      <Heard flow={flow} />
    </>
  );
}

/** What customers hear of it: with a name, and without. */
function Heard({ flow }: { readonly flow: Flow }) {
  const { data: settings } = useQuery(settingsQuery);
  const rep = settings?.values.repName || t('settings.flows.heardRep');
  const hear = (name: string) =>
    writeGreeting(flow.greeting, flow.greetingFallback, flow.voice, { name, rep }) ||
    t('settings.flows.heardNothing');
  return (
    <div className="setting-wide second">
      <p>{t('settings.flows.heard', { text: hear('Priya Sharma') })}</p>
      <p>{t('settings.flows.heardUnknown', { text: hear('') })}</p>
    </div>
  );
}
