import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { t } from '../words/words.ts';
import { ContactForm } from './contact-form.tsx';
import { saveContact } from './save-contact.ts';

/** A new contact; `number` in the address begins it. */
export function NewContact({
  onDone,
  onCancel,
}: {
  readonly onDone: (id: string) => void;
  readonly onCancel: () => void;
}) {
  const { number = '' } = useSearch({ strict: false });
  // One id for this form, so that saving twice makes one contact.
  const [id] = useState(() => crypto.randomUUID());
  return (
    <>
      <h2 className="panel-title">{t('contacts.newTitle')}</h2>
      <ContactForm
        initial={{ name: '', company: '', note: '', numbers: [{ entered: number, label: '' }] }}
        onCancel={onCancel}
        onSave={async (draft) => {
          const problem = await saveContact(id, draft);
          if (problem === null) onDone(id);
          return problem;
        }}
      />
    </>
  );
}
