import { useState } from 'react';
import { t } from '../words/words.ts';

/** Copies a text, and says so in its own place. `of` names what, where several stand together. */
export function CopyButton({ text, of }: { readonly text: string; readonly of?: string }) {
  const [state, setState] = useState<'copy' | 'copied' | 'copyFailed'>('copy');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('copyFailed'),
    );
  };
  return (
    <button type="button" className="link-button" onClick={copy} onBlur={() => setState('copy')}>
      <span aria-live="polite">{t(`app.${state}`)}</span>
      {of !== undefined && <span className="visually-hidden">: {of}</span>}
    </button>
  );
}
