import { Button } from '@mantine/core';
import { hideNotification, showNotification } from '@mantine/notifications';
import { t } from '../words/words.ts';

/** Long enough to read; longer where there is something to press. */
const showForMs = { word: 4000, undo: 10_000 };

/** A short word on what was just done, with a way back. Nothing that needs action goes here: a toast goes by itself. */
export function showToast({ message, undo }: { readonly message: string; readonly undo?: () => void }): void {
  const id = crypto.randomUUID();
  showNotification({
    id,
    autoClose: undo ? showForMs.undo : showForMs.word,
    role: 'status',
    withBorder: true,
    closeButtonProps: { 'aria-label': t('app.close') },
    message: (
      <div className="toast">
        <span>{message}</span>
        {undo && (
          <Button
            size="xs"
            onClick={() => {
              hideNotification(id);
              undo();
            }}
          >
            {t('contacts.undo')}
          </Button>
        )}
      </div>
    ),
  });
}
