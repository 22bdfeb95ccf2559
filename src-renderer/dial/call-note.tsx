import { Textarea } from '@mantine/core';
import { useEffect, useId, useSyncExternalStore } from 'react';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { t } from '../words/words.ts';
import type { Draft } from './note-keeper.ts';
import { notes } from './notes.ts';

/** The field of a call's note: what leads to the note puts the caret there. */
export const noteFieldId = (callId: string) => `note-${callId}`;

/** The rep's note of a call: saved as it is typed, and as the field or the screen is left. */
export function CallNote({ call }: { readonly call: CallView }) {
  const { id } = call;
  const draft = useSyncExternalStore(notes.subscribe, () => notes.draft(id));
  const labelId = useId();
  useEffect(() => () => notes.flush(id), [id]);
  const text = draft === undefined || draft.state === 'saved' ? call.note : draft.text;
  return (
    <section className="panel-section">
      <h3 className="section-label note-label">
        <span id={labelId}>{t('live.note')}</span>
        <span className="second note-state" role="status">
          {stateWords(draft?.state)}
        </span>
      </h3>
      <Textarea
        id={noteFieldId(id)}
        aria-labelledby={labelId}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={10_000}
        placeholder={t('live.notePlaceholder')}
        value={text}
        onChange={(event) => notes.type(id, event.currentTarget.value)}
        onBlur={() => notes.flush(id)}
        error={draft?.state === 'failed' && t('live.noteFailed', { problem: draft.problem })}
      />
    </section>
  );
}

function stateWords(state: Draft['state'] | undefined): string {
  switch (state) {
    case undefined:
    case 'typed':
      return t('live.noteHint');
    case 'saving':
      return t('live.noteSaving');
    case 'saved':
      return t('live.noteSaved');
    case 'failed':
      return '';
    default:
      return assertNever(state);
  }
}
