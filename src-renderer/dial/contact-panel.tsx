import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Contact } from '../../src-shared/contact.ts';
import type { Verdict } from '../../src-shared/contract/calls.ts';
import { callListQuery, contactQuery } from '../app/queries.ts';
import { exactTime, shortWhen } from '../ui/format.ts';
import { Avatar, Fact, Section } from '../ui/parts.tsx';
import { useNow } from '../ui/use-now.ts';
import { t } from '../words/words.ts';

const shownCalls = 6;

/** Whose number stands in the box, and what happened with it before. */
export function ContactPanel({ verdict }: { readonly verdict: Verdict }) {
  const { contact } = verdict;
  return (
    <>
      {contact === null ? (
        <div className="panel-head">
          <Avatar name="" large />
          <div>
            <h2>{verdict.numberText}</h2>
            <Link
              to="/contacts/$contactId"
              params={{ contactId: 'new' }}
              search={{ number: verdict.numberText }}
            >
              {t('dial.addContact')}
            </Link>
          </div>
        </div>
      ) : (
        <KnownContact contact={contact} />
      )}
      {verdict.number.e164 !== null && <EarlierCalls e164={verdict.number.e164} />}
    </>
  );
}

function KnownContact({ contact }: { readonly contact: Contact }) {
  const { data: view } = useQuery(contactQuery(contact.id));
  const name = contact.name || contact.company;
  return (
    <>
      <div className="panel-head">
        <Avatar name={name} large />
        <div>
          <h2>{name}</h2>
          {contact.name !== '' && <p className="second">{contact.company}</p>}
          <Link to="/contacts/$contactId" params={{ contactId: contact.id }}>
            {t('history.openContact')}
          </Link>
        </div>
      </div>
      {view && (
        <dl className="facts">
          {view.numbers.map((number, index) => (
            <Fact key={index} name={number.label || t('contacts.number')}>
              {number.text}
            </Fact>
          ))}
        </dl>
      )}
      {contact.note !== '' && (
        <Section label={t('contacts.note')}>
          <p className="note">{contact.note}</p>
        </Section>
      )}
    </>
  );
}

function EarlierCalls({ e164 }: { readonly e164: string }) {
  const now = useNow();
  const { data } = useInfiniteQuery(callListQuery({ query: e164.slice(1), statuses: [], conversations: [] }));
  if (data === undefined) return null;
  const calls = data.pages[0]?.calls.slice(0, shownCalls) ?? [];
  return (
    <Section label={t('dial.earlier')}>
      {calls.length === 0 ? (
        <p className="quiet">{t('dial.earlierNone')}</p>
      ) : (
        <ul className="earlier">
          {calls.map((call) => (
            <li key={call.id}>
              <span className="quiet" title={exactTime(call.placedAt)}>
                {shortWhen(call.placedAt, now)}
              </span>
              <Link to="/history/$callId" params={{ callId: call.id }}>
                {t(`status.${call.status}`)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
