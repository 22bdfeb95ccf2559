import { Button } from '@mantine/core';
import { safe } from '@orpc/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { TunnelState } from '../../src-shared/contract/app.ts';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { api } from '../app/api.ts';
import { statusQuery } from '../app/queries.ts';
import { Callout } from '../ui/parts.tsx';
import { useLate } from '../ui/use-late.ts';
import { t } from '../words/words.ts';
import { ChoiceSetting } from './choice-setting.tsx';
import { SecretSetting } from './secret-setting.tsx';
import { SettingGroup } from './setting-row.tsx';
import { TextSetting } from './text-setting.tsx';
import { canTry, tunnelWords } from './tunnel-words.ts';

/** How Exotel tells this computer what became of a call. */
export function CallbacksPage({ view }: { readonly view: SettingsView }) {
  const { data: status } = useQuery(statusQuery);
  const { tunnel } = view.values;
  return (
    <>
      {status && <State tunnel={status.tunnel} callbacks={status.callbacks} />}
      <SettingGroup title={t('settings.callbacks.title')}>
        <ChoiceSetting
          view={view}
          name="tunnel"
          label={t('settings.callbacks.kind')}
          hint={t('settings.callbacks.kindHint')}
          value={tunnel}
          choices={[
            { value: 'none', label: t('settings.callbacks.kindNone') },
            { value: 'ngrok', label: t('settings.callbacks.kindNgrok') },
            { value: 'url', label: t('settings.callbacks.kindUrl') },
          ]}
          change={(kind) => ({ tunnel: kind })}
        />
        {tunnel === 'ngrok' && (
          <>
            <SecretSetting
              view={view}
              name="ngrokAuthtoken"
              label={t('settings.callbacks.token')}
              hint={t('settings.callbacks.tokenHint')}
            />
            <TextSetting
              view={view}
              name="ngrokDomain"
              label={t('settings.callbacks.ngrokDomain')}
              hint={t('settings.callbacks.ngrokDomainHint')}
              bad={t('settings.callbacks.ngrokDomainBad')}
            />
          </>
        )}
        {tunnel === 'url' && (
          <TextSetting
            view={view}
            name="tunnelUrl"
            label={t('settings.callbacks.tunnelUrl')}
            hint={t('settings.callbacks.tunnelUrlHint')}
            bad={t('settings.callbacks.tunnelUrlBad')}
            placeholder="https://"
          />
        )}
        <TextSetting
          view={view}
          name="callbackPort"
          label={t('settings.callbacks.callbackPort')}
          hint={t('settings.callbacks.callbackPortHint')}
          bad={t('settings.callbacks.callbackPortBad')}
        />
      </SettingGroup>
    </>
  );
}

function State({ tunnel, callbacks }: { readonly tunnel: TunnelState; readonly callbacks: string }) {
  const { title, text } = tunnelWords(tunnel);
  return (
    <SettingGroup title={t('settings.callbacks.stateTitle')}>
      <div className="tunnel-state">
        <Callout tone={toneOf(tunnel.state)} title={title}>
          <p>{text}</p>
          <p className="second">{t('settings.callbacks.listening', { address: callbacks })}</p>
        </Callout>
        {canTry(tunnel) && <TryRow tunnel={tunnel} />}
      </div>
    </SettingGroup>
  );
}

function toneOf(state: TunnelState['state']) {
  switch (state) {
    case 'open':
      return 'ok';
    case 'failed':
    case 'unreachable':
      return 'bad';
    case 'off':
    case 'connecting':
      return 'quiet';
    default:
      return assertNever(state);
  }
}

/** One button through all states, so that it keeps the focus while they change under it. */
function TryRow({ tunnel }: { readonly tunnel: TunnelState }) {
  const isOpen = tunnel.state === 'open';
  const attempt = useMutation({ mutationFn: () => (isOpen ? checkTunnel() : retryTunnel()) });
  const late = useLate(attempt.isPending && isOpen);
  const busy = attempt.isPending || tunnel.state === 'connecting';
  const hint = t(isOpen ? 'settings.callbacks.checkHint' : 'settings.callbacks.retryHint');
  return (
    <div className="row-of">
      <Button onClick={() => !busy && attempt.mutate()} aria-disabled={busy}>
        {isOpen
          ? t(late ? 'settings.callbacks.checking' : 'settings.callbacks.check')
          : t('settings.callbacks.retry')}
      </Button>
      <span className="second" role="status">
        {attempt.data === undefined ? hint : (attempt.data ?? tunnelWords(tunnel).title)}
      </span>
    </div>
  );
}

/** What came of a request out by the public address and back, in words. Null: the state tells. */
async function checkTunnel(): Promise<string | null> {
  const { error, data, isDefined } = await safe(api.app.checkTunnel());
  if (data !== undefined) return t('settings.callbacks.checkOk', { ms: Math.round(data.tookMs) });
  return error !== null && isDefined ? null : t('settings.lost');
}

/** Null: the state tells what comes of it. */
async function retryTunnel(): Promise<string | null> {
  const { error } = await safe(api.app.retryTunnel());
  return error === null ? null : t('settings.lost');
}
