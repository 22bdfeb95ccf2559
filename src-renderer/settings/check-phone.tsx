import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { pressPracticePhone } from '../app/deeds.ts';
import { practicePhoneQuery } from '../app/queries.ts';
import { Callout } from '../ui/parts.tsx';
import { t } from '../words/words.ts';

/** The practice phone, within reach of the dialog that keeps the rest of the window away. */
export function CheckPhone() {
  const { data: phone } = useQuery(practicePhoneQuery);
  if (phone === undefined || phone.state === 'idle') return null;
  const ringing = phone.state === 'ringing';
  const from = phone.fromText;
  return (
    <div role="alert">
      <Callout
        tone="quiet"
        title={t(ringing ? 'phone.ringing' : 'phone.talking', { from })}
        actions={
          ringing ? (
            <>
              <Button size="xs" variant="filled" onClick={() => void pressPracticePhone('answer')}>
                {t('phone.answer')}
              </Button>
              <Button size="xs" onClick={() => void pressPracticePhone('decline')}>
                {t('phone.decline')}
              </Button>
            </>
          ) : (
            <Button size="xs" color="bad" variant="filled" onClick={() => void pressPracticePhone('hangUp')}>
              {t('phone.hangUp')}
            </Button>
          )
        }
      >
        {phone.whisper !== '' && <p>{t('phone.whisper', { text: phone.whisper })}</p>}
      </Callout>
    </div>
  );
}
