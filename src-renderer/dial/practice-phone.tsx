import { Button } from '@mantine/core';
import { IconFlask, IconPhoneIncoming, IconPhoneOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { announce } from '../app/announcer.tsx';
import { type PhoneDeed, pressPracticePhone } from '../app/deeds.ts';
import { practicePhoneQuery } from '../app/queries.ts';
import { ariaShortcut, isMac, shortcutText } from '../app/shortcuts.ts';
import { Kbd } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { CardClock } from './card-clock.tsx';
import './practice-phone.css';

const keys = { answer: 'alt+Enter', down: 'alt+X' } as const;

/** The rep's phone on the practice line: rings over every screen, marked as practice. */
export function PracticePhone() {
  const { data: phone } = useQuery(practicePhoneQuery);
  const ringing = phone?.state === 'ringing';
  useEffect(() => {
    if (!ringing) return;
    announce(
      t('phone.announce', {
        answer: shortcutText(keys.answer, isMac),
        decline: shortcutText(keys.down, isMac),
      }),
    );
  }, [ringing]);
  if (phone === undefined || phone.state === 'idle') return null;
  const { fromText: from, since, state, whisper } = phone;
  return (
    <section className="practice-phone" data-state={state} aria-label={t('phone.title')}>
      <p className="practice-phone-title">
        <IconFlask size={15} stroke={1.75} aria-hidden />
        <strong>{t('phone.title')}</strong>
        <span className="practice-phone-clock">
          <CardClock counts={{ kind: state, since, seconds: null }} />
        </span>
      </p>
      <p className="practice-phone-who">
        {state === 'ringing' ? t('phone.ringing', { from }) : t('phone.talking', { from })}
      </p>
      {state === 'talking' && whisper !== '' && <p>{t('phone.whisper', { text: whisper })}</p>}
      <p className="second">
        {t('phone.hint')} {state === 'ringing' && t('phone.letRing')}
      </p>
      <div className="row-of">
        {state === 'ringing' ? (
          <>
            <PhoneButton deed="answer" />
            <PhoneButton deed="decline" />
          </>
        ) : (
          <PhoneButton deed="hangUp" />
        )}
      </div>
    </section>
  );
}

function PhoneButton({ deed }: { readonly deed: PhoneDeed }) {
  const key = deed === 'answer' ? keys.answer : keys.down;
  const Sign = deed === 'answer' ? IconPhoneIncoming : IconPhoneOff;
  return (
    <Button
      className={deed === 'answer' ? 'practice-phone-answer' : undefined}
      leftSection={<Sign size={16} stroke={1.75} aria-hidden />}
      rightSection={<Kbd>{shortcutText(key, isMac)}</Kbd>}
      aria-keyshortcuts={ariaShortcut(key, isMac)}
      onClick={() => void pressPracticePhone(deed)}
    >
      {t(`phone.${deed}`)}
    </Button>
  );
}
