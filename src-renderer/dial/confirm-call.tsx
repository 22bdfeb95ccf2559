import { Button, Modal } from '@mantine/core';
import { Callout } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import type { Confirm } from './use-place-call.ts';
import { warningWords } from './warning-words.ts';

/** Something speaks against a call: the person decides. The safe answer has the focus. */
export function ConfirmCall({
  confirm,
  onCall,
  onLeave,
}: {
  readonly confirm: Confirm | null;
  readonly onCall: () => void;
  readonly onLeave: () => void;
}) {
  if (confirm === null) return null;
  const { open, who, warnings } = confirm;
  return (
    <Modal
      opened={open}
      onClose={onLeave}
      title={t('dial.confirmTitle', { who })}
      size={420}
      withCloseButton={false}
    >
      <div className="confirm-call">
        {warnings.map((warning) => (
          <Callout key={warning.code} tone="wait" title={warningWords(warning)} />
        ))}
        <p>{t('dial.confirmNothing')}</p>
        <div className="confirm-buttons">
          <Button size="md" data-autofocus onClick={onLeave}>
            {t('dial.notNow')}
          </Button>
          <Button size="md" variant="filled" onClick={onCall}>
            {t('dial.callAnyway')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
