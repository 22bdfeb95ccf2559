import { Button } from '@mantine/core';
import { safe } from '@orpc/client';
import { IconPhone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ContactView } from '../../src-shared/contract/contacts.ts';
import { api } from '../app/api.ts';
import { contactQuery } from '../app/queries.ts';
import { dialText } from '../dial/dial-text.ts';
import { recordedBy } from '../dial/warning-words.ts';
import { Avatar, Callout, ReadFailed, Section } from '../ui/parts.tsx';
import { failureWords } from '../ui/failure-words.ts';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { ContactForm } from './contact-form.tsx';
import { BlockDialog, LiftDialog } from './do-not-call-dialogs.tsx';
import { contactsChanged, saveContact } from './save-contact.ts';

/** A contact: whom, which numbers, what was noted; to call, change, block, delete. */
export function ContactDetail({ id, onGone }: { readonly id: string; readonly onGone: () => void }) {
  const { data: contact, error, refetch } = useQuery(contactQuery(id));
  const [editing, setEditing] = useState(false);
  if (contact === undefined) {
    if (error === null) return null;
    const gone = 'code' in error && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST');
    return gone ? (
      <p className="quiet">{t('contacts.notFound')}</p>
    ) : (
      <ReadFailed retry={() => void refetch()} />
    );
  }
  return editing ? (
    <>
      <h2 className="panel-title">{t('contacts.editTitle')}</h2>
      <ContactForm
        initial={{
          name: contact.name,
          company: contact.company,
          note: contact.note,
          numbers: contact.numbers.map(({ entered, label }) => ({ entered, label })),
        }}
        onCancel={() => setEditing(false)}
        onSave={async (draft) => {
          const problem = await saveContact(id, draft);
          if (problem === null) setEditing(false);
          return problem;
        }}
      />
    </>
  ) : (
    <Shown contact={contact} onEdit={() => setEditing(true)} onGone={onGone} />
  );
}

function Shown({
  contact,
  onEdit,
  onGone,
}: {
  readonly contact: ContactView;
  readonly onEdit: () => void;
  readonly onGone: () => void;
}) {
  const [dialog, setDialog] = useState<'block' | 'lift' | null>(null);
  const name = contact.name || contact.company;
  const { doNotCall } = contact;
  return (
    <>
      <div className="panel-head">
        <Avatar name={name} large />
        <div>
          <h2>{name}</h2>
          {contact.name !== '' && <p className="second">{contact.company}</p>}
        </div>
      </div>
      {doNotCall !== null && (
        <Callout
          tone="bad"
          title={t('dial.doNotCall', { why: doNotCall.why })}
          actions={
            <Button size="xs" onClick={() => setDialog('lift')}>
              {t('contacts.doNotCallLift')}
            </Button>
          }
        >
          <p>{recordedBy(doNotCall)}</p>
        </Callout>
      )}
      <Section label={t('contacts.numbers')}>
        <Numbers contact={contact} />
      </Section>
      {contact.note !== '' && (
        <Section label={t('contacts.note')}>
          <p className="note">{contact.note}</p>
        </Section>
      )}
      <div className="row-of">
        <Button size="xs" onClick={onEdit}>
          {t('contacts.edit')}
        </Button>
        {doNotCall === null && contact.numbers.length > 0 && (
          <Button size="xs" onClick={() => setDialog('block')}>
            {t('contacts.doNotCallAdd')}
          </Button>
        )}
        <Button size="xs" variant="subtle" color="bad" onClick={() => void remove(contact.id, name, onGone)}>
          {t('contacts.remove')}
        </Button>
      </div>
      <BlockDialog
        opened={dialog === 'block'}
        contactId={contact.id}
        who={name}
        onClose={() => setDialog(null)}
      />
      <LiftDialog
        opened={dialog === 'lift'}
        contactId={contact.id}
        who={name}
        onClose={() => setDialog(null)}
      />
    </>
  );
}

function Numbers({ contact }: { readonly contact: ContactView }) {
  const navigate = useNavigate();
  if (contact.numbers.length === 0) return <p className="quiet">{t('contacts.noNumber')}</p>;
  return (
    <ul className="number-list">
      {contact.numbers.map((number, index) => (
        <li key={index}>
          <div>
            <p className="number-text">{number.text}</p>
            {number.label !== '' && <p className="second">{number.label}</p>}
          </div>
          {contact.doNotCall === null && (
            <Button
              size="xs"
              leftSection={<IconPhone size={14} aria-hidden />}
              aria-label={t('contacts.callNumber', { number: number.text })}
              onClick={() => {
                dialText.set(number.text);
                void navigate({ to: '/' });
              }}
            >
              {t('dial.call')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Takes a contact away at once, with a way back: undo rather than confirm. */
async function remove(id: string, who: string, onGone: () => void): Promise<void> {
  const { error } = await safe(api.contacts.remove({ id }));
  if (error !== null) return showToast({ message: failureWords(error) });
  contactsChanged();
  onGone();
  showToast({
    message: t('contacts.removed', { who }),
    undo: () => {
      void safe(api.contacts.restore({ id })).then((restored) => {
        contactsChanged();
        showToast({
          message: restored.error === null ? t('contacts.restored', { who }) : failureWords(restored.error),
        });
      });
    },
  });
}
