import { Button } from '@mantine/core';
import { IconArrowLeft, IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { chooseFlow, type Flow } from '../../src-shared/flow.ts';
import { flowsQuery } from '../app/queries.ts';
import { FlowDot } from '../ui/flow-mark.tsx';
import { Callout, EmptyState, ReadFailed } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { FlowEditor } from './flow-editor.tsx';
import { AddFlow, FlowList } from './flow-list.tsx';
import { FlowSetup } from './flow-setup-view.tsx';
import { ForAllFlows } from './for-all-flows.tsx';
import { saveSetting } from './save.ts';
import { SettingGroup, SettingNote } from './setting-row.tsx';

/** The flows that the rep dials with; one of them, where the address names it. */
export function FlowsPage({ view }: { readonly view: SettingsView }) {
  const { flow: chosen } = useSearch({ strict: false });
  const { data: catalogue, isError, refetch } = useQuery(flowsQuery);
  if (catalogue === undefined) return isError ? <ReadFailed retry={() => void refetch()} /> : null;
  const { samples } = catalogue;
  // The settings' own order, and at once what was just saved.
  const flows = samples ? catalogue.flows : view.values.flows;
  if (chosen !== undefined) return <OneFlow id={chosen} flows={flows} samples={samples} view={view} />;
  const locked = view.locked.includes('flows');
  return (
    <>
      <SettingGroup title={t('settings.flows.title')} hint={t('settings.flows.hint')}>
        {samples && (
          <div className="setting-wide">
            <Callout tone="quiet" title={t('settings.flows.samplesTitle')}>
              <p>{t('settings.flows.samplesText')}</p>
            </Callout>
          </div>
        )}
        {flows.length === 0 ? (
          <EmptyState Sign={IconRoute} title={t('settings.flows.empty')}>
            {t('settings.flows.emptyTodo')}
          </EmptyState>
        ) : (
          <FlowList
            flows={flows}
            defaultId={chooseFlow(flows, null, view.values.defaultFlowId)?.id ?? ''}
            fixed={samples || locked}
          />
        )}
        <div className="setting-wide">
          {!locked && <AddFlow count={samples ? 0 : flows.length} />}
          <SettingNote place="flows" locked={locked} />
        </div>
      </SettingGroup>
      <ForAllFlows view={view} />
    </>
  );
}

function OneFlow({
  id,
  flows,
  samples,
  view,
}: {
  readonly id: string;
  readonly flows: readonly Flow[];
  readonly samples: boolean;
  readonly view: SettingsView;
}) {
  const { part } = useSearch({ strict: false });
  const flow = flows.find((candidate) => candidate.id === id);
  const setUp = samples || part === 'setup';
  return (
    <>
      <div className="flow-head">
        <Link to="/settings/$page" params={{ page: 'flows' }} className="flow-back">
          <IconArrowLeft size={16} aria-hidden />
          {t('settings.flows.back')}
        </Link>
        {flow === undefined ? (
          <p>{t('settings.flows.gone')}</p>
        ) : (
          <div className="row-of">
            <FlowDot colour={flow.colour} />
            <h2 className="flow-title">{flow.name}</h2>
            {!samples && <DefaultMark flow={flow} flows={flows} view={view} />}
          </div>
        )}
        {flow !== undefined && !samples && (
          <nav aria-label={t('settings.flows.views')} className="flow-parts">
            {(['settings', 'setup'] as const).map((name) => (
              <Link
                key={name}
                to="/settings/$page"
                params={{ page: 'flows' }}
                search={name === 'setup' ? { flow: id, part: 'setup' } : { flow: id }}
                activeOptions={{ exact: true, includeSearch: true }}
              >
                {t(name === 'setup' ? 'settings.flows.viewSetup' : 'settings.flows.viewSettings')}
              </Link>
            ))}
          </nav>
        )}
      </div>
      {flow !== undefined &&
        (setUp ? (
          <FlowSetup key={id} flow={flow} view={view} />
        ) : (
          <FlowEditor key={id} flow={flow} flows={flows} locked={view.locked.includes('flows')} />
        ))}
    </>
  );
}

function DefaultMark({
  flow,
  flows,
  view,
}: {
  readonly flow: Flow;
  readonly flows: readonly Flow[];
  readonly view: SettingsView;
}) {
  if (chooseFlow(flows, null, view.values.defaultFlowId)?.id === flow.id) {
    return (
      <span className="pill" data-tone="brand">
        {t('settings.flows.default')}
      </span>
    );
  }
  if (view.locked.includes('defaultFlowId')) return null;
  return (
    <Button size="xs" onClick={() => void saveSetting('flow-default', { defaultFlowId: flow.id })}>
      {t('settings.flows.makeDefault')}
    </Button>
  );
}
