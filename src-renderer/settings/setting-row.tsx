import { IconCheck, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useStore } from '../app/store.ts';
import { t } from '../words/words.ts';
import { lastSaved } from './save.ts';

/** A setting: its label and one plain sentence, its control, and what became of the last change. */
export function SettingRow({
  place,
  id,
  label,
  hint,
  locked = false,
  problem = '',
  children,
}: {
  /** Names the row, among all pages. */
  readonly place: string;
  /** Of the control, where it is a field that a label can belong to. */
  readonly id?: string;
  readonly label: string;
  readonly hint: string;
  readonly locked?: boolean;
  readonly problem?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="setting">
      <div className="setting-words">
        {id === undefined ? (
          <span className="setting-label">{label}</span>
        ) : (
          <label htmlFor={id}>{label}</label>
        )}
        <p className="second" id={id && `${id}-hint`}>
          {hint}
        </p>
      </div>
      <div className="setting-control">
        {children}
        <SettingNote place={place} id={id} locked={locked} problem={problem} />
      </div>
    </div>
  );
}

/** What became of the last change: saved, or why not; and whether it can be changed here at all. */
export function SettingNote({
  place,
  id,
  locked = false,
  problem = '',
}: {
  readonly place: string;
  readonly id?: string | undefined;
  readonly locked?: boolean;
  readonly problem?: string;
}) {
  const saved = useStore(lastSaved) === place && problem === '';
  return (
    <p className="setting-note" aria-live="polite">
      {saved && (
        <span className="setting-saved">
          <IconCheck size={14} aria-hidden />
          {t('settings.saved')}
        </span>
      )}
      {problem !== '' && (
        <span className="form-problem" id={id && `${id}-problem`}>
          {problem}
        </span>
      )}
      {locked && (
        <span className="second setting-saved">
          <IconLock size={14} aria-hidden />
          {t('settings.locked')}
        </span>
      )}
    </p>
  );
}

/** Settings that belong together. */
export function SettingGroup({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="setting-group">
      <h2>{title}</h2>
      {hint !== undefined && <p className="second">{hint}</p>}
      <div className="card setting-card">{children}</div>
    </section>
  );
}
