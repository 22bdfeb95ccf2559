import { safe } from '@orpc/client';
import { type Flow, flowsSchema } from '../../src-shared/flow.ts';
import { api, queryClient } from '../app/api.ts';
import { settingsQuery } from '../app/queries.ts';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { changeFlow, removeFlow, restoreFlow } from './flow-catalogue.ts';
import { saveSetting } from './save.ts';

let last: Promise<unknown> = Promise.resolve();

/**
 * Saves the catalogue as `change` makes it of what is saved now. One after the other: a field that is left by choosing
 * something else makes two changes at once, and neither may undo the other. Answers why not, in words; null: saved.
 */
export function saveFlows(
  place: string,
  change: (flows: readonly Flow[]) => readonly Flow[],
): Promise<string | null> {
  const save = async () => {
    const view = queryClient.getQueryData(settingsQuery.queryKey);
    if (view === undefined) return t('settings.lost');
    const flows = flowsSchema.safeParse(change(view.values.flows));
    return flows.success ? saveSetting(place, { flows: flows.data }) : t('settings.refusedValue');
  };
  const saving = last.then(save);
  last = saving.catch(() => undefined);
  return saving;
}

/** Saves a part of one flow, for the row `place` of its editor. */
export function saveFlow(id: string, place: string, part: Partial<Flow>): Promise<string | null> {
  return saveFlows(place, (flows) => changeFlow(flows, id, part));
}

/** Takes a flow away at once, with a way back. */
export async function removeFlowWithUndo(flow: Flow, index: number): Promise<void> {
  const refused = await saveFlows('flows', (flows) => removeFlow(flows, flow.id));
  if (refused !== null) return showToast({ message: notDone(refused) });
  showToast({
    message: t('settings.flows.removed', { name: flow.name }),
    undo: () => {
      void saveFlows('flows', (flows) => restoreFlow(flows, flow, index)).then((problem) =>
        showToast({
          message: problem === null ? t('settings.flows.restored', { name: flow.name }) : notDone(problem),
        }),
      );
    },
  });
}

export function notDone(problem: string): string {
  return t('settings.flows.notDone', { problem });
}

/** A new secret for one door, with a way back: the old one is data like any setting. */
export async function replaceDoor(door: Parameters<typeof api.flows.replaceDoor>[0]['door']): Promise<void> {
  const before = queryClient.getQueryData(settingsQuery.queryKey)?.values.doorSecrets;
  const { error, isDefined } = await safe(api.flows.replaceDoor({ door }));
  if (error !== null) {
    return showToast({
      message: notDone(isDefined ? error.data.problem : t('settings.lost')),
    });
  }
  const doorSecrets = before && { ...before };
  showToast({
    message: t('settings.setup.replaced', { door: t(`settings.setup.secretOf.${door}`) }),
    ...(doorSecrets && {
      undo: () => {
        void saveSetting('doors', { doorSecrets }).then((problem) =>
          showToast({ message: problem === null ? t('settings.setup.restored') : notDone(problem) }),
        );
      },
    }),
  });
}
