import { IconFlask, IconPhone, IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TunnelState } from '../../src-shared/contract/app.ts';
import { Kbd } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { missingForAccount } from './account-missing.ts';
import { type Action, actions, shownKey } from './actions.ts';
import { shell } from './api.ts';
import { Logo } from './logo.tsx';
import { settingsQuery, statusQuery } from './queries.ts';
import { ariaShortcut, isMac, shortcutText } from './shortcuts.ts';
import './sidebar.css';

const screens = [
  { id: 'dial', to: '/', exact: true },
  { id: 'contacts', to: '/contacts', exact: false },
  { id: 'history', to: '/history', exact: false },
  { id: 'settings', to: '/settings', exact: false },
] as const satisfies readonly { id: Action['id']; to: string; exact: boolean }[];

/** The screens, and below them, always: which line is used, and whether Exotel reaches this computer. */
export function Sidebar() {
  return (
    <div className="sidebar">
      <div className="brand" aria-hidden>
        <Logo />
        <span>{t('app.name')}</span>
      </div>
      <nav aria-label={t('app.screens')}>
        {screens.map(({ id, to, exact }) => {
          const action = actions.find((candidate) => candidate.id === id);
          const key = action && shownKey(action, shell);
          return (
            <Link
              key={id}
              to={to}
              activeOptions={{ exact }}
              className="nav-link"
              aria-keyshortcuts={key && ariaShortcut(key, isMac)}
            >
              {action && <action.Sign size={18} stroke={1.75} aria-hidden />}
              <span>{t(`actions.${id}`)}</span>
              {key && <Kbd>{shortcutText(key, isMac)}</Kbd>}
            </Link>
          );
        })}
      </nav>
      <LineBox />
    </div>
  );
}

function LineBox() {
  const { data: settings } = useQuery(settingsQuery);
  const { data: status } = useQuery(statusQuery);
  if (settings === undefined || status === undefined) return null;
  const practice = settings.values.line === 'practice';
  const complete = missingForAccount(settings).length === 0;
  const line = practice ? 'line.practice' : complete ? 'line.account' : 'line.accountIncomplete';
  const Sign = practice ? IconFlask : IconPhone;
  const reachable = reachability(status.tunnel);
  return (
    <section className="line-box" aria-label={t('line.label')} data-line={settings.values.line}>
      <p className="line-name" title={t(line)}>
        <Sign size={16} stroke={1.75} aria-hidden />
        <span>{t(line)}</span>
      </p>
      {practice ? (
        <p className="second line-hint">
          <span>{t('line.practiceHint')}</span>
        </p>
      ) : (
        <p className="second line-tunnel" data-state={status.tunnel.state} title={reachable}>
          {status.tunnel.state === 'failed' || status.tunnel.state === 'unreachable' ? (
            <IconPlugConnectedX size={16} stroke={1.75} aria-hidden />
          ) : (
            <IconPlugConnected size={16} stroke={1.75} aria-hidden />
          )}
          <span>{reachable}</span>
        </p>
      )}
    </section>
  );
}

/** Whether Exotel can reach this computer, in a few words. */
function reachability(tunnel: TunnelState): string {
  return t(`tunnel.${tunnel.state}`);
}
