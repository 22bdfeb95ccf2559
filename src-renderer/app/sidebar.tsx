import { Link } from '@tanstack/react-router';
import { Kbd } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { type Action, actions, shownKey } from './actions.ts';
import { shell } from './api.ts';
import { Logo } from './logo.tsx';
import { RepBox } from './rep-box.tsx';
import { ariaShortcut, isMac, shortcutText } from './shortcuts.ts';
import './sidebar.css';

const screens = [
  { id: 'dial', to: '/', exact: true },
  { id: 'contacts', to: '/contacts', exact: false },
  { id: 'history', to: '/history', exact: false },
  { id: 'settings', to: '/settings', exact: false },
] as const satisfies readonly { id: Action['id']; to: string; exact: boolean }[];

/** The screens, and below them, always: the rep's state, phone and line, and whether Exotel reaches this computer. */
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
      <RepBox />
    </div>
  );
}
