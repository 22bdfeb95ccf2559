import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Callout } from '../ui/parts.tsx';
import { en } from '../words/en.ts';
import { t } from '../words/words.ts';
import type { Confirm } from './use-place-call.ts';
import { warningWords } from './warning-words.ts';

// Keys of the literal.
const quickWhys = Object.keys(en.dial.whys) as readonly (keyof typeof en.dial.whys)[];

/** Something speaks against a call: the person decides, and says why. The safe answer has the focus. */
export function ConfirmCall({
  confirm,
  onCall,
  onLeave,
}: {
  readonly confirm: Confirm | null;
  readonly onCall: (why: string) => void;
  readonly onLeave: () => void;
}) {
  if (confirm === null) return null;
  const { id, open, who } = confirm;
  return (
    <Modal
      opened={open}
      onClose={onLeave}
      title={t('dial.confirmTitle', { who })}
      size={460}
      withCloseButton={false}
    >
      <ConfirmReasons key={id} confirm={confirm} onCall={onCall} onLeave={onLeave} />
    </Modal>
  );
}

/** What speaks against it, and why it is to go out all the same. */
export function ConfirmReasons({
  confirm: { warnings },
  onCall,
  onLeave,
}: {
  readonly confirm: Confirm;
  readonly onCall: (why: string) => void;
  readonly onLeave: () => void;
}) {
  const [why, setWhy] = useState('');
  return (
    <form
      className="confirm-call"
      onSubmit={(event) => {
        event.preventDefault();
        onCall(why.trim());
      }}
    >
      {warnings.map((warning) => (
        <Callout key={warning.code} tone="wait" title={warningWords(warning)} />
      ))}
      <div className="confirm-why" role="group" aria-label={t('dial.confirmWhy')}>
        {quickWhys.map((quick) => {
          const words = t(`dial.whys.${quick}`);
          return (
            <button
              key={quick}
              type="button"
              className="flow-chip"
              aria-pressed={why === words}
              onClick={() => setWhy(why === words ? '' : words)}
            >
              {words}
            </button>
          );
        })}
      </div>
      <TextInput
        label={t('dial.confirmWhy')}
        description={t('dial.confirmWhyHint')}
        placeholder={t('dial.confirmWhyOwn')}
        maxLength={200}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <p className="second">{t('dial.confirmNothing')}</p>
      <div className="confirm-buttons">
        <Button size="md" data-autofocus onClick={onLeave}>
          {t('dial.notNow')}
        </Button>
        <Button size="md" variant="filled" type="submit">
          {t('dial.callAnyway')}
        </Button>
      </div>
    </form>
  );
}
