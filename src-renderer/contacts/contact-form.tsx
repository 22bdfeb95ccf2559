import { ActionIcon, Button, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { ContactDraft } from '../../src-shared/contact.ts';
import { Callout } from '../ui/parts.tsx';
import { t } from '../words/words.ts';

/** Why a draft could not be saved: numbers that cannot be dialled, or something else in words. */
export type SaveProblem = { readonly numbers: readonly string[] } | { readonly message: string } | null;

const mostNumbers = 20;

/** Writes a contact. A refusal is shown beside its cause, and nothing that was typed is lost. */
export function ContactForm({
  initial,
  onSave,
  onCancel,
}: {
  readonly initial: ContactDraft;
  readonly onSave: (draft: ContactDraft) => Promise<SaveProblem>;
  readonly onCancel: () => void;
}) {
  const [draft, setDraft] = useState(initial);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<SaveProblem>(null);
  const nameless = draft.name.trim() === '' && draft.company.trim() === '';
  const badNumbers = problem !== null && 'numbers' in problem ? problem.numbers : [];

  const change = (part: Partial<ContactDraft>) => setDraft((before) => ({ ...before, ...part }));
  const changeNumber = (index: number, part: Partial<ContactDraft['numbers'][number]>) =>
    change({ numbers: draft.numbers.map((number, at) => (at === index ? { ...number, ...part } : number)) });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (nameless) return;
    setProblem(
      await onSave({ ...draft, numbers: draft.numbers.filter(({ entered }) => entered.trim() !== '') }),
    );
  };

  return (
    <form className="contact-form" onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        label={t('contacts.name')}
        value={draft.name}
        maxLength={200}
        data-autofocus
        autoFocus
        error={tried && nameless ? t('contacts.needsName') : null}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('contacts.company')}
        value={draft.company}
        maxLength={200}
        onChange={(event) => change({ company: event.currentTarget.value })}
      />
      <fieldset className="number-fields">
        <legend>{t('contacts.numbers')}</legend>
        {draft.numbers.map((number, index) => (
          <div key={index} className="number-field">
            <TextInput
              className="number-entered"
              aria-label={t('contacts.number')}
              placeholder="98450 12345"
              type="tel"
              value={number.entered}
              maxLength={200}
              error={badNumbers.includes(number.entered.trim()) ? t('contacts.badNumber') : null}
              onChange={(event) => changeNumber(index, { entered: event.currentTarget.value })}
            />
            <TextInput
              className="number-label"
              aria-label={t('contacts.label')}
              placeholder={t('contacts.labelPlaceholder')}
              value={number.label}
              maxLength={40}
              onChange={(event) => changeNumber(index, { label: event.currentTarget.value })}
            />
            <ActionIcon
              size={34}
              aria-label={t('contacts.removeNumber', { index: index + 1 })}
              onClick={() => change({ numbers: draft.numbers.filter((_, at) => at !== index) })}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        {draft.numbers.length < mostNumbers && (
          <Button
            variant="subtle"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => change({ numbers: [...draft.numbers, { entered: '', label: '' }] })}
          >
            {t('contacts.addNumber')}
          </Button>
        )}
      </fieldset>
      <Textarea
        label={t('contacts.note')}
        value={draft.note}
        maxLength={10_000}
        minRows={3}
        autosize
        maxRows={10}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      {problem !== null && 'message' in problem && (
        <div role="alert">
          <Callout tone="bad" title={t('contacts.saveFailed', { problem: problem.message })} />
        </div>
      )}
      <div className="row-of">
        <Button type="submit" variant="filled">
          {t('app.save')}
        </Button>
        <Button onClick={onCancel}>{t('app.cancel')}</Button>
      </div>
    </form>
  );
}
