import { Outlet } from '@tanstack/react-router';
import { t } from '../words/words.ts';
import { CardDialog } from '../card/card-dialog.tsx';
import { PracticePhone } from '../dial/practice-phone.tsx';
import { Announcer } from './announcer.tsx';
import { shell } from './api.ts';
import { Bands } from './bands.tsx';
import { useCardDoors } from './card-doors.ts';
import { HelpSheet } from './help-sheet.tsx';
import { useLineAlert } from './line-alert.ts';
import { Palette } from './palette.tsx';
import { Sidebar } from './sidebar.tsx';
import { useActions, useShortcuts } from './use-actions.ts';
import './frame.css';

/** What stands around every screen. */
export function Frame() {
  const actions = useActions();
  useShortcuts(actions);
  useLineAlert();
  useCardDoors();
  return (
    <div className="frame">
      <a
        className="skip-link"
        href="#content"
        onClick={(event) => {
          // The address behind # is the router's.
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        {t('app.skip')}
      </a>
      <Sidebar />
      <div className="frame-main">
        <Bands />
        <Outlet />
      </div>
      <PracticePhone />
      <Announcer />
      <Palette actions={actions} />
      <HelpSheet />
      {shell === 'browser' && <CardDialog />}
    </div>
  );
}
