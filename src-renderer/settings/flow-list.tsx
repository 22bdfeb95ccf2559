import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { type Flow } from '../../src-shared/flow.ts';
import { FlowDot } from '../ui/flow-mark.tsx';
import { Kbd } from '../ui/parts.tsx';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { addFlow, duplicateFlow, hasAddress, mostFlows, moveFlow } from './flow-catalogue.ts';
import { notDone, removeFlowWithUndo, saveFlows } from './save-flows.ts';
import { saveSetting } from './save.ts';

/** The catalogue in its order, each row a way to its editor. */
export function FlowList({
  flows,
  defaultId,
  fixed,
}: {
  readonly flows: readonly Flow[];
  readonly defaultId: string;
  /** Samples, or set by the environment: to look at only. */
  readonly fixed: boolean;
}) {
  return (
    <ul className="flow-list">
      {flows.map((flow, index) => (
        <li key={flow.id} className="flow-row">
          <FlowDot colour={flow.colour} />
          <div className="flow-words">
            <p className="flow-name">
              <Link
                to="/settings/$page"
                params={{ page: 'flows' }}
                search={{ flow: flow.id }}
                className="flow-link ellipsis"
              >
                {flow.name}
              </Link>
              {flow.id === defaultId && (
                <span className="pill" data-tone="brand">
                  {t('settings.flows.default')}
                </span>
              )}
            </p>
            <p className="second ellipsis">
              {t(`settings.flows.kindOf.${flow.kind}.name`)} ·{' '}
              <span className={hasAddress(flow) ? undefined : 'form-problem'}>{whereText(flow)}</span>
            </p>
          </div>
          {flow.key !== null && (
            <span className="flow-key">
              <span className="visually-hidden">{t('settings.flows.key', { key: flow.key })}</span>
              <Kbd>{String(flow.key)}</Kbd>
            </span>
          )}
          {!fixed && <RowMenu flow={flow} index={index} flows={flows} isDefault={flow.id === defaultId} />}
        </li>
      ))}
    </ul>
  );
}

function whereText({ url, appId }: Flow): string {
  if (url !== '') return t('settings.flows.ownUrl');
  return appId === '' ? t('settings.flows.noAddress') : t('settings.flows.appIdText', { id: appId });
}

function RowMenu({
  flow,
  index,
  flows,
  isDefault,
}: {
  readonly flow: Flow;
  readonly index: number;
  readonly flows: readonly Flow[];
  readonly isDefault: boolean;
}) {
  const move = (by: -1 | 1) => say(saveFlows('flows', (all) => moveFlow(all, flow.id, by)));
  const copy = () =>
    say(
      saveFlows('flows', (all) =>
        duplicateFlow(all, flow.id, crypto.randomUUID(), t('settings.flows.copyName', { name: flow.name })),
      ),
    );
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon size={34} aria-label={t('settings.flows.more', { name: flow.name })}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!isDefault && (
          <Menu.Item onClick={() => say(saveSetting('flows', { defaultFlowId: flow.id }))}>
            {t('settings.flows.makeDefault')}
          </Menu.Item>
        )}
        {flows.length < mostFlows && <Menu.Item onClick={copy}>{t('settings.flows.duplicate')}</Menu.Item>}
        {index > 0 && <Menu.Item onClick={() => move(-1)}>{t('settings.flows.moveUp')}</Menu.Item>}
        {index < flows.length - 1 && (
          <Menu.Item onClick={() => move(1)}>{t('settings.flows.moveDown')}</Menu.Item>
        )}
        <Menu.Item color="bad" onClick={() => void removeFlowWithUndo(flow, index)}>
          {t('settings.flows.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** What a menu does is seen in the list; only a refusal needs words. */
function say(saving: Promise<string | null>): void {
  void saving.then((problem) => {
    if (problem !== null) showToast({ message: notDone(problem) });
  });
}

/** Adds a flow and opens it. */
export function AddFlow({ count }: { readonly count: number }) {
  const navigate = useNavigate();
  const add = async () => {
    const id = crypto.randomUUID();
    const problem = await saveFlows('flows', (all) => addFlow(all, id, t('settings.flows.newName')));
    if (problem !== null) return showToast({ message: notDone(problem) });
    void navigate({ to: '/settings/$page', params: { page: 'flows' }, search: { flow: id } });
  };
  if (count >= mostFlows) return <p className="second">{t('settings.flows.full')}</p>;
  return (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => void add()}>
      {t('settings.flows.add')}
    </Button>
  );
}
