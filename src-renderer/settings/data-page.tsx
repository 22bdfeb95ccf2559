import { Button, Progress } from '@mantine/core';
import { safe } from '@orpc/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Copy } from '../../src-shared/contract/storage.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { api, queryClient } from '../app/api.ts';
import { copiesQuery } from '../app/queries.ts';
import { useStore } from '../app/store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { exactTime } from '../ui/format.ts';
import { Callout, ReadFailed } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { cancelExport, type ExportState, exportState, startExport } from './export-run.ts';
import { SettingGroup } from './setting-row.tsx';

/** The copies that guard what is kept, and a way to take all of it along. */
export function DataPage() {
  return (
    <>
      <Copies />
      <Export />
    </>
  );
}

function Copies() {
  const { data: copies, isError, refetch } = useQuery(copiesQuery);
  const copy = useMutation({ mutationFn: copyNow });
  return (
    <SettingGroup title={t('settings.data.copiesTitle')}>
      <div className="setting setting-action">
        <div className="setting-words">
          <span className="setting-label">{t('settings.data.copyTitle')}</span>
          <p className="second">{t('settings.data.copyHint')}</p>
        </div>
        <div className="setting-control">
          <Button onClick={() => copy.mutate()} aria-disabled={copy.isPending}>
            {t(copy.isPending ? 'settings.data.copying' : 'settings.data.copyNow')}
          </Button>
        </div>
        <div className="setting-result" role="status">
          {copy.data && <Callout tone={copy.data.ok ? 'ok' : 'bad'} title={copy.data.text} />}
        </div>
      </div>
      {isError && <ReadFailed retry={() => void refetch()} />}
      {copies?.length === 0 && <p className="second data-none">{t('settings.data.copiesNone')}</p>}
      {copies && copies.length > 0 && <CopyTable copies={copies} />}
    </SettingGroup>
  );
}

function CopyTable({ copies }: { readonly copies: readonly Copy[] }) {
  return (
    <table className="data-copies">
      <caption className="second">{t('settings.data.copiesKept')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('settings.data.copyAt')}</th>
          <th scope="col">{t('settings.data.copyKind')}</th>
          <th scope="col">{t('settings.data.copySize')}</th>
        </tr>
      </thead>
      <tbody>
        {copies.map((copy) => (
          <tr key={copy.name}>
            <td>{exactTime(copy.at)}</td>
            <td>{t(`settings.data.kind.${copy.kind}`)}</td>
            <td>{sizeText(copy.bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What came of it, in words. */
async function copyNow(): Promise<{ readonly ok: boolean; readonly text: string }> {
  const { data, error, isDefined } = await safe(api.storage.copyNow());
  if (data === undefined) {
    const problem = isDefined ? error.data.problem : t('settings.data.lost');
    return { ok: false, text: t('settings.data.copyFailed', { problem }) };
  }
  await queryClient.invalidateQueries({ queryKey: copiesQuery.queryKey });
  return { ok: true, text: t('settings.data.copyMade', { size: sizeText(data.bytes) }) };
}

/** `0.1 MB`, `12.4 MB` */
function sizeText(bytes: number): string {
  return `${Math.max(0.1, bytes / 1024 / 1024).toFixed(1)} MB`;
}

function Export() {
  const state = useStore(exportState);
  const writing = state.state === 'writing';
  return (
    <SettingGroup title={t('settings.data.exportTitle')}>
      <div className="setting setting-action">
        <div className="setting-words">
          <span className="setting-label">{t('settings.data.exportLabel')}</span>
          <p className="second">{t('settings.data.exportHint')}</p>
        </div>
        <div className="setting-control">
          {writing ? (
            <Button variant="default" onClick={cancelExport}>
              {t('settings.data.exportCancel')}
            </Button>
          ) : (
            <Button onClick={() => void startExport()}>{t('settings.data.export')}</Button>
          )}
        </div>
        {writing && (
          <Progress
            className="setting-result"
            aria-label={t('settings.data.exporting')}
            value={state.total === 0 ? 0 : (100 * state.done) / state.total}
          />
        )}
        <div className="setting-result" role="status">
          <ExportResult state={state} />
        </div>
      </div>
    </SettingGroup>
  );
}

function ExportResult({ state }: { readonly state: ExportState }) {
  switch (state.state) {
    case 'none':
      return null;
    case 'writing':
      return <p className="second">{t('settings.data.exporting')}</p>;
    case 'canceled':
      return <Callout tone="quiet" title={t('settings.data.exportCanceled')} />;
    case 'failed':
      return <Callout tone="bad" title={t('settings.data.exportFailed', { problem: state.problem })} />;
    case 'done':
      return (
        <Callout
          tone="ok"
          title={t('settings.data.exportDone', { calls: state.calls, contacts: state.contacts })}
        >
          <p>
            {state.folder} <CopyButton text={state.folder} />
          </p>
        </Callout>
      );
    default:
      return assertNever(state);
  }
}
