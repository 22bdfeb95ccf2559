import { Button } from '@mantine/core';
import { safe } from '@orpc/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { TunnelState } from '../../src-shared/contract/app.ts';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { api } from '../app/api.ts';
import { statusQuery } from '../app/queries.ts';
import { Callout } from '../ui/parts.tsx';
import { useLate } from '../ui/use-late.ts';
import { t } from '../words/words.ts';
import { ChoiceSetting } from './choice-setting.tsx';
import { SecretSetting } from './secret-setting.tsx';
import { SettingGroup } from './setting-row.tsx';
import { TextSetting } from './text-setting.tsx';
import { tunnelWords } from './tunnel-words.ts';

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
  const check = useMutation({ mutationFn: checkTunnel });
  const late = useLate(check.isPending);
  return (
    <SettingGroup title={t('settings.callbacks.stateTitle')}>
      <div className="tunnel-state">
        <Callout
          tone={tunnel.state === 'open' ? 'ok' : tunnel.state === 'failed' ? 'bad' : 'quiet'}
          title={title}
        >
          <p>{text}</p>
          <p className="second">{t('settings.callbacks.listening', { address: callbacks })}</p>
        </Callout>
        {tunnel.state === 'open' && (
          <div className="row-of">
            <Button onClick={() => check.mutate()} aria-disabled={check.isPending}>
              {t(late ? 'settings.callbacks.checking' : 'settings.callbacks.check')}
            </Button>
            <span className="second" role="status">
              {check.data ?? t('settings.callbacks.checkHint')}
            </span>
          </div>
        )}
      </div>
    </SettingGroup>
  );
}

/** What came of a request out by the public address and back, in words. */
async function checkTunnel(): Promise<string> {
  const { error, data, isDefined } = await safe(api.app.checkTunnel());
  if (data !== undefined) return t('settings.callbacks.checkOk', { ms: Math.round(data.tookMs) });
  if (!isDefined) return t('settings.lost');
  return error.code === 'NO_TUNNEL'
    ? t('settings.callbacks.checkNone')
    : t('settings.callbacks.checkFailed', { problem: error.data.problem });
}
