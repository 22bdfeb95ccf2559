import { Button, PasswordInput } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import type { SecretName } from '../../src-shared/settings.ts';
import { statusQuery } from '../app/queries.ts';
import { t } from '../words/words.ts';
import { saveSecret } from './save.ts';
import { SettingRow } from './setting-row.tsx';

const longest = 500;

/** A secret: set or not set, to replace or clear; never shown. */
export function SecretSetting({
  view,
  name,
  label,
  hint,
}: {
  readonly view: SettingsView;
  readonly name: SecretName;
  readonly label: string;
  readonly hint: string;
}) {
  const id = useId();
  const { data: status } = useQuery(statusQuery);
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const { set, locked } = view.secrets[name];
  const where = status?.vault.kind === 'memory' ? t('settings.secret.memory') : t('settings.secret.keychain');

  const finish = (refused: string | null) => {
    setProblem(refused ?? '');
    if (refused === null) setDraft(null);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const value = draft?.trim() ?? '';
    finish(value === '' || value.length > longest ? t('settings.secret.bad') : await saveSecret(name, value));
  };

  return (
    <SettingRow place={name} label={label} hint={`${hint} ${where}`} locked={locked} problem={problem}>
      {draft === null ? (
        <div className="secret">
          <span className="secret-state" data-set={set || undefined}>
            {set ? (
              <IconCircleCheck size={18} stroke={1.75} aria-hidden />
            ) : (
              <IconCircleDashed size={18} stroke={1.75} aria-hidden />
            )}
            {t(set ? 'settings.secret.set' : 'settings.secret.notSet')}
          </span>
          {!locked && (
            <>
              <Button
                aria-label={`${t(set ? 'settings.secret.replace' : 'settings.secret.add')}: ${label}`}
                onClick={() => setDraft('')}
              >
                {t(set ? 'settings.secret.replace' : 'settings.secret.add')}
              </Button>
              {set && (
                <Button
                  variant="subtle"
                  aria-label={`${t('settings.secret.clear')}: ${label}`}
                  onClick={() => void saveSecret(name, null).then(finish)}
                >
                  {t('settings.secret.clear')}
                </Button>
              )}
            </>
          )}
        </div>
      ) : (
        <form className="secret-form" onSubmit={(event) => void save(event)}>
          <PasswordInput
            id={id}
            aria-label={`${label}: ${t('settings.secret.new')}`}
            placeholder={t('settings.secret.new')}
            autoComplete="off"
            autoFocus
            value={draft}
            visibilityToggleButtonProps={{ 'aria-hidden': true, tabIndex: -1 }}
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
          <Button type="submit" variant="filled">
            {t('app.save')}
          </Button>
          <Button variant="subtle" onClick={() => finish(null)}>
            {t('app.cancel')}
          </Button>
        </form>
      )}
    </SettingRow>
  );
}
