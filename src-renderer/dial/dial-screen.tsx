import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCurrentCalls } from '../app/current-calls.ts';
import { isOver, isWrappedUp } from '../app/my-calls.ts';
import { repQuery, settingsQuery, verdictQuery } from '../app/queries.ts';
import { useStore } from '../app/store.ts';
import { dialBoxId } from '../app/use-actions.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { callee } from '../ui/call-words.ts';
import { Section } from '../ui/parts.tsx';
import { Screen, SidePanel, useWide } from '../ui/screen.tsx';
import { WelcomeCard } from '../welcome/welcome-card.tsx';
import { t } from '../words/words.ts';
import { CallNotes, CallPanel } from './call-panel.tsx';
import { ContactPanel } from './contact-panel.tsx';
import { DialBox } from './dial-box.tsx';
import { dialText, mayBeNumber } from './dial-text.ts';
import { Figures } from './figures.tsx';
import { LiveCard } from './live-card.tsx';
import { phaseOf } from './phase.ts';
import { PracticeEndings } from './practice-endings.tsx';
import { RecentCalls } from './recent-calls.tsx';
import './dial.css';

const focusBox = () => document.getElementById(dialBoxId)?.focus();

/** The main job: whom to call, the calls now, the calls before. */
export function DialScreen() {
  const { data: settings } = useQuery(settingsQuery);
  const current = useCurrentCalls();
  const noted = useNotedCall(current);
  const isWide = useWide();
  const practice = settings?.values.line === 'practice';
  const dialPanel = useDialPanel(practice);
  const panel =
    noted === undefined ? (
      dialPanel
    ) : (
      <SidePanel label={callee(noted)}>
        <CallPanel call={noted} />
      </SidePanel>
    );
  return (
    <Screen title={t('dial.title')} tools={<Figures practice={practice} />} panel={isWide && panel}>
      <div className="dial-screen">
        <DialBox />
        {current.length > 0 && (
          <section className="dial-part">
            <h2 className="section-label">{t('dial.live')}</h2>
            {current.map((call) => (
              <LiveCard key={call.id} call={call} />
            ))}
            {noted !== undefined && !isWide && (
              <section className="card call-notes" aria-label={callee(noted)}>
                <CallNotes call={noted} />
              </section>
            )}
          </section>
        )}
        {settings?.values.welcomeDone === false && current.length === 0 && <WelcomeCard />}
        {practice && !isWide && (
          <details className="card endings-card">
            <summary>{t('dial.endings')}</summary>
            <PracticeEndings onFill={focusBox} />
          </details>
        )}
        <section className="dial-part">
          <h2 className="section-label">{t('dial.recent')}</h2>
          <RecentCalls onFill={focusBox} />
        </section>
      </div>
    </Screen>
  );
}

/**
 * The call that the rep writes down now: the newest that rings them, while it lasts and in its wrap-up, and after it
 * until the next number stands in the box.
 */
function useNotedCall(current: readonly CallView[]): CallView | undefined {
  const { data: rep } = useQuery(repQuery);
  const empty = useStore(dialText).trim() === '';
  return current.find((call) => {
    if (isWrappedUp(call, rep)) return true;
    return phaseOf(call) !== null && (empty || !isOver(call));
  });
}

/** Beside the box: whose number it is; else what the practice line can play. */
function useDialPanel(practice: boolean): ReactNode {
  const text = useStore(dialText).trim();
  const { data: verdict } = useQuery({ ...verdictQuery(text), enabled: mayBeNumber(text) });
  const known = verdict !== undefined && verdict.number.e164 !== null ? verdict : null;
  if (known !== null && (known.contact !== null || !practice)) {
    return (
      <SidePanel label={known.contact?.name || known.numberText}>
        <ContactPanel verdict={known} />
      </SidePanel>
    );
  }
  if (!practice) {
    return (
      <SidePanel label={t('app.details')}>
        <p className="quiet">{t('dial.panelEmpty')}</p>
      </SidePanel>
    );
  }
  return (
    <SidePanel label={t('dial.endings')}>
      <Section label={t('dial.endings')}>
        <PracticeEndings onFill={focusBox} />
      </Section>
    </SidePanel>
  );
}
