import { Kbd } from '../ui/parts.tsx';
import { t } from '../words/words.ts';

/** Closes the card, as Esc does. */
export function EscButton({ onClose }: { readonly onClose: () => void }) {
  return (
    <button type="button" className="dc-esc" aria-label={t('app.close')} onClick={onClose}>
      <Kbd>Esc</Kbd>
    </button>
  );
}
