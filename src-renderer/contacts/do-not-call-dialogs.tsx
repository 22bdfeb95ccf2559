import { Button, Modal, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { safe } from '@orpc/client';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api } from '../app/api.ts';
import { useNow } from '../ui/use-now.ts';
import { failureWords } from '../ui/failure-words.ts';
import { t } from '../words/words.ts';
import { endOfDay } from './end-of-day.ts';
import { contactsChanged } from './save-contact.ts';

interface DialogProps {
  readonly opened: boolean;
  readonly contactId: string;
  readonly who: string;
  readonly onClose: () => void;
}

/** Records that somebody asked not to be called: why, and until when. */
export function BlockDialog({ opened, contactId, who, onClose }: DialogProps) {
  const [forGood, setForGood] = useState(true);
  const [day, setDay] = useState('');
  const now = useNow();
  const until = forGood ? null : endOfDay(day, now);
  const dayMissing = !forGood && until === null;
  return (
    <ReasonDialog
      opened={opened}
      title={t('contacts.doNotCallAddTitle', { who })}
      what={t('contacts.doNotCallAddWhat')}
      placeholder={t('contacts.whyPlaceholder')}
      confirm={t('contacts.block')}
      valid={!dayMissing}
      onClose={onClose}
      onConfirm={(why) => safe(api.doNotCall.add({ target: { id: contactId }, why, until }))}
    >
      {(tried) => (
        <>
          <SegmentedControl
            aria-label={t('contacts.until')}
            value={forGood ? 'good' : 'date'}
            onChange={(value) => setForGood(value === 'good')}
            data={[
              { value: 'good', label: t('contacts.untilGood') },
              { value: 'date', label: t('contacts.untilDate') },
            ]}
          />
          {!forGood && (
            <TextInput
              type="date"
              label={t('contacts.untilLabel')}
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
              error={tried && dayMissing ? t('contacts.needsDate') : null}
            />
          )}
        </>
      )}
    </ReasonDialog>
  );
}

/** Lifts a block, with the reason. */
export function LiftDialog({ opened, contactId, who, onClose }: DialogProps) {
  return (
    <ReasonDialog
      opened={opened}
      title={t('contacts.doNotCallLiftTitle', { who })}
      what={t('contacts.doNotCallLiftWhat')}
      placeholder={t('contacts.whyLiftPlaceholder')}
      confirm={t('contacts.lift')}
      valid
      onClose={onClose}
      onConfirm={(why) => safe(api.doNotCall.lift({ target: { id: contactId }, why }))}
    />
  );
}

function ReasonDialog({
  opened,
  title,
  what,
  placeholder,
  confirm,
  valid,
  onClose,
  onConfirm,
  children,
}: {
  readonly opened: boolean;
  readonly title: string;
  readonly what: string;
  readonly placeholder: string;
  readonly confirm: string;
  readonly valid: boolean;
  readonly onClose: () => void;
  readonly onConfirm: (why: string) => Promise<{ readonly error: unknown }>;
  readonly children?: (tried: boolean) => ReactNode;
}) {
  const [why, setWhy] = useState('');
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState('');
  const missing = why.trim() === '';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing || !valid) return;
    const { error } = await onConfirm(why.trim());
    if (error !== null) return setProblem(failureWords(error));
    setProblem('');
    contactsChanged();
    setWhy('');
    setTried(false);
    onClose();
  };

  return (
    <Modal opened={opened} onClose={onClose} title={title} size={420} withCloseButton={false}>
      <form className="contact-form" onSubmit={(event) => void submit(event)} noValidate>
        <p>{what}</p>
        <Textarea
          label={t('contacts.why')}
          placeholder={placeholder}
          value={why}
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
          error={tried && missing ? t('contacts.needsWhy') : null}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        {children?.(tried)}
        {problem !== '' && (
          <p role="alert" className="form-problem">
            {t('contacts.blockFailed', { problem })}
          </p>
        )}
        <div className="confirm-buttons">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" variant="filled">
            {confirm}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
