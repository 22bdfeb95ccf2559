import { Button, Modal, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import type { Flow } from '../../src-shared/flow.ts';
import { warningWords } from '../dial/warning-words.ts';
import { Callout } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { CheckTicks } from './check-ticks.tsx';
import { hasAddress } from './flow-catalogue.ts';
import { CheckPhone } from './check-phone.tsx';
import { useFlowCheck } from './use-flow-check.ts';
import './check-dialog.css';

/** On the practice line this number is answered. */
const practiceNumber = '98450 12345';

/** Says what a check costs, then places its call and ticks what reaches this computer. */
export function CheckDialog({
  flow,
  view,
  opened,
  onClose,
}: {
  readonly flow: Flow;
  readonly view: SettingsView;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('settings.check.heading', { name: flow.name })}
      size={520}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Check flow={flow} view={view} onClose={onClose} />
    </Modal>
  );
}

function Check({
  flow,
  view,
  onClose,
}: {
  readonly flow: Flow;
  readonly view: SettingsView;
  readonly onClose: () => void;
}) {
  const check = useFlowCheck(flow);
  const practice = view.values.line === 'practice';
  const { phones, phoneInUse } = view.values;
  const inUse = phones.find(({ number }) => number === phoneInUse) ?? phones[0];
  // Another phone than the one that the flow rings, where there is one.
  const other = phones.find(({ number }) => number !== inUse?.number) ?? inUse;
  const [chosen, setChosen] = useState<string | null>(null);
  const customer = practice ? practiceNumber : (chosen ?? other?.number ?? null);
  const lacks = !practice && !hasAddress(flow) ? 'noAddress' : customer === null ? 'noPhone' : null;
  const running = check.result?.outcome === 'running';
  return (
    <div className="check">
      {check.result === null && <Cost flow={flow} practice={practice} />}
      {check.result === null && !practice && phones.length > 1 && (
        <Select
          label={t('settings.check.customer')}
          value={customer}
          data={phones.map(({ label, number }) => ({
            value: number,
            label: label === '' ? number : `${label} · ${number}`,
          }))}
          onChange={setChosen}
        />
      )}
      {check.result === null && !practice && flow.kind === 'rings-me' && phones.length === 1 && (
        <Callout tone="quiet" title={t('settings.check.onePhone')}>
          <p>{t('settings.check.onePhoneText')}</p>
        </Callout>
      )}
      {lacks !== null && (
        <Callout tone="bad" title={t(`settings.check.${lacks}`)}>
          {lacks === 'noPhone' && (
            <Link to="/settings/$page" params={{ page: 'phone' }}>
              {t('settings.check.openPhone')}
            </Link>
          )}
        </Callout>
      )}
      {check.problem !== null && (
        <div role="alert">
          <Callout tone="bad" title={check.problem.what}>
            <p>{check.problem.called}</p>
            <p>{check.problem.todo}</p>
          </Callout>
        </div>
      )}
      {check.warnings.length > 0 && (
        <div role="alert">
          <Callout tone="wait" title={check.warnings.map(warningWords).join(' ')}>
            <p>{t('dial.confirmNothing')}</p>
          </Callout>
        </div>
      )}
      {check.result !== null && <CheckTicks flow={flow} result={check.result} />}
      {practice && check.result !== null && <CheckPhone />}
      <div className="confirm-buttons">
        <Button onClick={onClose}>{t(check.result === null ? 'app.cancel' : 'app.close')}</Button>
        {lacks === null && customer !== null && !running && (
          <Button
            variant="filled"
            data-autofocus
            onClick={() =>
              check.start(
                customer,
                check.warnings.map(({ code }) => code),
              )
            }
          >
            {t(
              check.warnings.length > 0
                ? 'settings.check.anyway'
                : check.result === null
                  ? 'settings.check.start'
                  : 'settings.check.again',
            )}
          </Button>
        )}
      </div>
    </div>
  );
}

function Cost({ flow, practice }: { readonly flow: Flow; readonly practice: boolean }) {
  const automated = flow.kind === 'automated';
  const cost = practice ? 'costPractice' : automated ? 'costAutomated' : 'costRings';
  const how = practice ? (automated ? 'howPracticeAutomated' : 'howPractice') : 'how';
  return (
    <>
      <p className="check-cost">{t(`settings.check.${cost}`)}</p>
      <p>{t(`settings.check.${how}`)}</p>
    </>
  );
}
