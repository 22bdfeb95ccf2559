import { Menu } from '@mantine/core';
import {
  IconChevronDown,
  IconDeviceMobile,
  IconFlask,
  IconPhone,
  IconPlugConnected,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { AppStatus } from '../../src-shared/contract/app.ts';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import type { RepState, RepView } from '../../src-shared/rep.ts';
import { shortPhone } from '../ui/format.ts';
import { Kbd } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { missingForAccount } from './account-missing.ts';
import { actions } from './actions.ts';
import { setRep } from './deeds.ts';
import { PhoneMenu } from './phone-menu.tsx';
import { repQuery, settingsQuery, statusQuery } from './queries.ts';
import { ariaShortcut, isMac, shortcutText } from './shortcuts.ts';
import './rep-box.css';

/** The rep's state, their phone, the line, and whether Exotel reaches this computer: always in sight. */
export function RepBox() {
  const { data: rep } = useQuery(repQuery);
  const { data: settings } = useQuery(settingsQuery);
  const { data: status } = useQuery(statusQuery);
  if (rep === undefined || settings === undefined || status === undefined) return null;
  return (
    <section className="rep-box" aria-label={t('frame.me')} data-line={settings.values.line}>
      <StateMenu rep={rep} />
      <Phone rep={rep} settings={settings} />
      <Line settings={settings} />
      {settings.values.line === 'account' && <Reach status={status} rep={rep} />}
    </section>
  );
}

/** What a rep can say of themselves, with the action whose key does the same. */
const choices = [
  { state: 'ready', action: 'ready' },
  { state: 'away', action: 'away' },
  { state: 'wrap-up', action: 'wrapUp' },
] as const satisfies readonly { state: RepState; action: string }[];

/** The key of what the rep most likely says next. */
function nextOf(state: RepState): (typeof choices)[number]['state'] {
  return state === 'ready' || state === 'on-a-call' ? 'away' : 'ready';
}

function keyOf(state: RepState) {
  const id = choices.find((choice) => choice.state === state)?.action;
  return actions.find((action) => action.id === id)?.keys?.[0];
}

function StateMenu({ rep }: { readonly rep: RepView }) {
  const words = t(`frame.state.${rep.state}`);
  const next = nextOf(rep.state);
  const key = keyOf(next);
  return (
    <div className="rep-state" data-state={rep.state}>
      <Menu position="top-start" width={200}>
        <Menu.Target>
          <button type="button" className="rep-now" title={words}>
            <span className="rep-dot" aria-hidden />
            <span className="rep-word" aria-hidden>
              {words}
            </span>
            <IconChevronDown size={14} stroke={1.75} aria-hidden />
            <span className="visually-hidden">{t('frame.change', { state: words })}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {choices.map(({ state }) => {
            const shortcut = keyOf(state);
            return (
              <Menu.Item
                key={state}
                leftSection={<span className="rep-dot" data-state={state} aria-hidden />}
                rightSection={shortcut && <Kbd>{shortcutText(shortcut, isMac)}</Kbd>}
                onClick={() => void setRep(state)}
              >
                {t(`frame.state.${state}`)}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      <button
        type="button"
        className="rep-next"
        aria-keyshortcuts={key && ariaShortcut(key, isMac)}
        onClick={() => void setRep(next)}
      >
        {t(`frame.state.${next}`)}
        {key && <Kbd>{shortcutText(key, isMac)}</Kbd>}
      </button>
    </div>
  );
}

function Phone({ rep, settings }: { readonly rep: RepView; readonly settings: SettingsView }) {
  const navigate = useNavigate();
  if (rep.phone === null) {
    return (
      <Link to="/settings/$page" params={{ page: 'phone' }} className="rep-line" title={t('frame.phoneNone')}>
        <IconDeviceMobile size={16} stroke={1.75} aria-hidden />
        <span>{t('frame.phoneNone')}</span>
      </Link>
    );
  }
  const words = t('frame.phone', { phone: shortPhone(rep.phone.text) });
  if (settings.values.phones.length > 1) {
    return (
      <PhoneMenu
        phones={settings.values.phones}
        inUse={rep.phone.number}
        words={words}
        onSettings={() => void navigate({ to: '/settings/$page', params: { page: 'phone' } })}
      />
    );
  }
  return (
    <p className="rep-line" title={`${words}: ${rep.phone.text}`}>
      <IconDeviceMobile size={16} stroke={1.75} aria-hidden />
      <span>{words}</span>
    </p>
  );
}

function Line({ settings }: { readonly settings: SettingsView }) {
  const practice = settings.values.line === 'practice';
  const complete = missingForAccount(settings).length === 0;
  const words = t(practice ? 'line.practice' : complete ? 'line.account' : 'line.accountIncomplete');
  const Sign = practice ? IconFlask : IconPhone;
  return (
    <p className="rep-line line-name" title={words}>
      <Sign size={16} stroke={1.75} aria-hidden />
      <span>{words}</span>
    </p>
  );
}

/** Whether Exotel can reach this computer, in a few words; and what of it keeps flows from ringing the rep. */
function Reach({ status, rep }: { readonly status: AppStatus; readonly rep: RepView }) {
  const { state } = status.tunnel;
  const bad = state === 'failed' || state === 'unreachable';
  const block = rep.blocks.find((code) => code === 'no-address' || code === 'address-unproven');
  const reach = t(`tunnel.${state}`);
  // An address that Exotel cannot reach says it already.
  const words = block === undefined || bad || state === 'connecting' ? reach : t(`frame.block.${block}`);
  const Sign = bad || block !== undefined ? IconPlugConnectedX : IconPlugConnected;
  return (
    <Link
      to="/settings/$page"
      params={{ page: 'health' }}
      className="rep-line"
      data-bad={bad || undefined}
      title={words}
    >
      <Sign size={16} stroke={1.75} aria-hidden />
      <span>{words}</span>
    </Link>
  );
}
