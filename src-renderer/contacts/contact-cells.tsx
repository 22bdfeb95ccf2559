import { ActionIcon } from '@mantine/core';
import { IconBan, IconPhone } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ContactView } from '../../src-shared/contract/contacts.ts';
import { dialText } from '../dial/dial-text.ts';
import { Avatar } from '../ui/parts.tsx';
import { t } from '../words/words.ts';

/** A contact in one row: who, company, first number, and Call. */
export function ContactCells({ contact }: { readonly contact: ContactView }) {
  const navigate = useNavigate();
  const name = contact.name || contact.company;
  const [first, ...others] = contact.numbers;
  return (
    <>
      <span role="gridcell" className="contact-who">
        <Avatar name={name} />
        <span className="call-names">
          <span className="call-name ellipsis">{name}</span>
          <span className="second ellipsis">{contact.name === '' ? '' : contact.company}</span>
        </span>
      </span>
      <span role="gridcell" className="contact-blocked">
        {contact.doNotCall !== null && (
          <span className="pill" data-tone="bad">
            <IconBan size={14} stroke={2} aria-hidden />
            {t('contacts.doNotCall')}
          </span>
        )}
      </span>
      <span role="gridcell" className="contact-number">
        <span>{first?.text ?? <span className="quiet">{t('contacts.noNumber')}</span>}</span>
        <span className="second">
          {[first?.label, others.length > 0 ? t('contacts.more', { count: others.length }) : '']
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <span role="gridcell" className="contact-call">
        {first !== undefined && contact.doNotCall === null && (
          <ActionIcon
            size={34}
            tabIndex={-1}
            aria-label={t('contacts.call', { who: name })}
            onClick={(event) => {
              // The row itself would open.
              event.stopPropagation();
              dialText.set(first.text);
              void navigate({ to: '/' });
            }}
          >
            <IconPhone size={18} stroke={1.75} aria-hidden />
          </ActionIcon>
        )}
      </span>
    </>
  );
}
