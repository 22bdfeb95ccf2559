import { Button, UnstyledButton } from '@mantine/core';
import { IconFlask, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, queryClient } from '../app/api.ts';
import { practiceEndingsQuery, settingsQuery } from '../app/queries.ts';
import { dialBoxId } from '../app/use-actions.ts';
import { dialText } from '../dial/dial-text.ts';
import { t } from '../words/words.ts';
import './welcome.css';

/**
 * The first run, beneath the dial box so that the main job is there at once: try the practice line, set up the
 * account, or skip. Each of the three ends the welcome.
 */
export function WelcomeCard() {
  const navigate = useNavigate();
  const { data: endings } = useQuery(practiceEndingsQuery);
  const done = () => {
    api.settings.update({ welcomeDone: true }).then(
      (settings) => queryClient.setQueryData(settingsQuery.queryKey, settings),
      // Not kept: it is offered again next time.
      () => undefined,
    );
  };
  return (
    <section className="card welcome" aria-labelledby="welcome-title">
      <div>
        <h2 id="welcome-title">{t('welcome.title')}</h2>
        <p>{t('welcome.what')}</p>
      </div>
      <div className="welcome-ways">
        <UnstyledButton
          className="welcome-way"
          onClick={() => {
            dialText.set(endings?.[0]?.example ?? '');
            document.getElementById(dialBoxId)?.focus();
            done();
          }}
        >
          <IconFlask size={22} stroke={1.5} aria-hidden />
          <strong>{t('welcome.practice')}</strong>
          <span>{t('welcome.practiceHint')}</span>
        </UnstyledButton>
        <UnstyledButton
          className="welcome-way"
          onClick={() => {
            done();
            void navigate({ to: '/settings/$page', params: { page: 'account' } });
          }}
        >
          <IconUser size={22} stroke={1.5} aria-hidden />
          <strong>{t('welcome.account')}</strong>
          <span>{t('welcome.accountHint')}</span>
        </UnstyledButton>
      </div>
      <Button variant="subtle" className="welcome-skip" onClick={done}>
        {t('welcome.skip')}
      </Button>
    </section>
  );
}
