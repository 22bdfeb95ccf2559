import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { callQuery, contactQuery } from '../app/queries.ts';
import { callee, eventWords } from '../ui/call-words.ts';
import { exactTime, timeWithSeconds } from '../ui/format.ts';
import { Avatar, Fact, Section } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { CallNote } from './call-note.tsx';
import { CallOutcome } from './call-outcome.tsx';
import { FollowUp } from './follow-up.tsx';
import './call-panel.css';

/** Beside a call of the rep's: who it is, and what is written down of it as it goes. */
export function CallPanel({ call }: { readonly call: CallView }) {
  return (
    <>
      <Who call={call} />
      <CallNotes call={call} />
      <ThisCall id={call.id} />
    </>
  );
}

/** Outcome, note, next step: saved as they are made. */
export function CallNotes({ call }: { readonly call: CallView }) {
  return (
    <>
      <CallOutcome call={call} />
      <CallNote key={call.id} call={call} />
      <FollowUp key={`next-${call.id}`} call={call} />
    </>
  );
}

function Who({ call }: { readonly call: CallView }) {
  const { data: contact } = useQuery({
    ...contactQuery(call.contactId ?? ''),
    enabled: call.contactId !== null,
  });
  return (
    <>
      <div className="panel-head">
        <Avatar name={call.contactName ?? ''} large />
        <div>
          <h2>{callee(call)}</h2>
          {contact !== undefined && contact.name !== '' && <p className="second">{contact.company}</p>}
          {call.contactId === null ? (
            <Link
              to="/contacts/$contactId"
              params={{ contactId: 'new' }}
              search={{ number: call.numberText }}
            >
              {t('dial.addContact')}
            </Link>
          ) : (
            <Link to="/contacts/$contactId" params={{ contactId: call.contactId }}>
              {t('history.openContact')}
            </Link>
          )}
        </div>
      </div>
      {contact !== undefined && (
        <dl className="facts">
          {contact.numbers.map((number, index) => (
            <Fact key={index} name={number.label || t('contacts.number')}>
              {number.text}
            </Fact>
          ))}
        </dl>
      )}
    </>
  );
}

function ThisCall({ id }: { readonly id: string }) {
  const { data } = useQuery(callQuery(id));
  if (data === undefined) return null;
  const told = data.events.filter(({ event }) => event.type !== 'noted' && event.type !== 'placed');
  return (
    <Section label={t('live.thisCall')}>
      <ol className="this-call">
        {told.map((stored, index) => (
          <li key={index}>
            <time
              className="quiet"
              dateTime={new Date(stored.event.at).toISOString()}
              title={exactTime(stored.event.at)}
            >
              {timeWithSeconds(stored.event.at)}
            </time>
            <span>{eventWords(stored).text}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
