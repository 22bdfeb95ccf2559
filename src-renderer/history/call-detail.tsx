import { Button } from '@mantine/core';
import { safe } from '@orpc/client';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { CallView, StoredEvent } from '../../src-shared/contract/calls.ts';
import { api } from '../app/api.ts';
import { callQuery } from '../app/queries.ts';
import { noteFieldId } from '../dial/call-note.tsx';
import { CallNotes } from '../dial/call-panel.tsx';
import { dialText } from '../dial/dial-text.ts';
import { callee, eventWords, meaning } from '../ui/call-words.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { conversationWords } from '../ui/conversation-words.ts';
import { FlowMark } from '../ui/flow-mark.tsx';
import { clock, exactTime, lengthWords, shortSid, timeWithSeconds } from '../ui/format.ts';
import { Avatar, Fact, ReadFailed, Section } from '../ui/parts.tsx';
import { MatchCallout } from '../ui/match-callout.tsx';
import { ReasonCallout } from '../ui/reason-callout.tsx';
import { CallPill } from '../ui/status-pill.tsx';
import { en } from '../words/en.ts';
import { t } from '../words/words.ts';

/** A call's whole story. */
export function CallDetail({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery(callQuery(id));
  if (data !== undefined) return <Story call={data.call} events={data.events} />;
  if (error === null) return null;
  return 'code' in error && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST') ? (
    <p className="quiet">{t('history.notFound')}</p>
  ) : (
    <ReadFailed retry={() => void refetch()} />
  );
}

/** A link to the note leads to its field, once. */
function useNoteFocus(id: string): void {
  const { note } = useSearch({ strict: false });
  const navigate = useNavigate();
  useEffect(() => {
    if (note !== true) return;
    document.getElementById(noteFieldId(id))?.focus();
    void navigate({ to: '/history/$callId', params: { callId: id }, replace: true });
  }, [note, id, navigate]);
}

function Story({ call, events }: { readonly call: CallView; readonly events: readonly StoredEvent[] }) {
  const told = conversationWords(call);
  useNoteFocus(call.id);
  return (
    <>
      <div className="panel-head">
        <Avatar name={call.contactName ?? ''} large />
        <div>
          <h2>{callee(call)}</h2>
          <p className="second">{exactTime(call.placedAt)}</p>
        </div>
      </div>
      <div className="detail-state">
        <p className="row-of">
          <CallPill call={call} />
          {call.flow !== null && <FlowMark flow={call.flow} />}
        </p>
        {told !== null && <p className="detail-told">{told.long}</p>}
        {told === null && meaning(call) !== '' && <p className="detail-meaning">{meaning(call)}</p>}
        <ReasonCallout call={call} />
        <MatchCallout call={call} />
      </div>
      <DetailButtons call={call} />
      {call.status === 'completed' && (
        <Section label={t('history.recording')}>
          <Recording key={call.id} call={call} />
        </Section>
      )}
      <CallNotes call={call} />
      <Section label={t('history.what')}>
        <ol className="timeline">
          {events.map((stored, index) => (
            <TimelineItem key={index} stored={stored} />
          ))}
        </ol>
      </Section>
      <Section label={t('history.facts')}>
        <Facts call={call} />
      </Section>
    </>
  );
}

function DetailButtons({ call }: { readonly call: CallView }) {
  const navigate = useNavigate();
  return (
    <div className="row-of">
      <Button
        // In doubt, calling again is not the thing to do.
        variant={call.status === 'unconfirmed' ? 'default' : 'filled'}
        onClick={() => {
          dialText.set(call.numberText);
          void navigate({ to: '/' });
        }}
      >
        {t('history.callAgain')}
      </Button>
      {call.contactId === null ? (
        <Button
          onClick={() =>
            void navigate({
              to: '/contacts/$contactId',
              params: { contactId: 'new' },
              search: { number: call.numberText },
            })
          }
        >
          {t('history.addContact')}
        </Button>
      ) : (
        <Button
          onClick={() =>
            void navigate({ to: '/contacts/$contactId', params: { contactId: call.contactId ?? '' } })
          }
        >
          {t('history.openContact')}
        </Button>
      )}
    </div>
  );
}

function Recording({ call }: { readonly call: CallView }) {
  const [problem, setProblem] = useState('');
  if (call.recordingUrl === null) return <p className="quiet">{t('history.recordingNone')}</p>;
  const open = async () => {
    const { error, isDefined } = await safe(api.calls.openRecording({ id: call.id }));
    if (error === null) setProblem('');
    else if (isDefined && error.code === 'NOT_OPENED') {
      setProblem(t('history.recordingFailed', { problem: error.data.problem }));
    } else setProblem(t('settings.lost'));
  };
  return (
    <div className="row-of">
      <Button
        component="a"
        href={call.recordingUrl}
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        onClick={(event) => {
          // The shell opens it outside: this window never leaves the app.
          event.preventDefault();
          void open();
        }}
      >
        {t('history.openRecording')}
      </Button>
      {problem !== '' && <p role="alert">{problem}</p>}
    </div>
  );
}

function TimelineItem({ stored }: { readonly stored: StoredEvent }) {
  const { text, detail } = eventWords(stored);
  return (
    <li>
      <time
        className="quiet"
        dateTime={new Date(stored.event.at).toISOString()}
        title={exactTime(stored.event.at)}
      >
        {timeWithSeconds(stored.event.at)}
      </time>
      <div>
        <p className="timeline-text">{text}</p>
        {detail !== '' && <p className="second">{detail}</p>}
      </div>
    </li>
  );
}

function Facts({ call }: { readonly call: CallView }) {
  const { line, conversation } = call;
  return (
    <dl className="facts">
      <Fact name={t('history.number')}>{call.numberText}</Fact>
      {call.ringMeFirst && <Fact name={t('history.flow')}>{t('history.ringMeFirst')}</Fact>}
      {call.flow !== null && (
        <Fact name={t('history.flow')}>
          {call.flow.name} · {t(`settings.flows.kindOf.${call.flow.kind}.name`)}
        </Fact>
      )}
      {conversation.state === 'talked' && conversation.seconds !== null && (
        <Fact name={t('history.talk')}>
          {lengthWords(conversation.seconds)} · {t(conversation.exact ? 'history.exact' : 'history.measured')}
        </Fact>
      )}
      {call.durationSeconds !== null && <Fact name={t('history.lasted')}>{clock(call.durationSeconds)}</Fact>}
      {call.sid !== null && (
        <Fact name={t('history.sid')}>
          <span title={call.sid}>{shortSid(call.sid)}</span> <CopyButton key={call.sid} text={call.sid} />
        </Fact>
      )}
      <Fact name={t('history.exoPhone')}>{call.callerIdText}</Fact>
      <Fact name={t('history.line')}>
        {line.kind === 'practice'
          ? t('history.practiceLine')
          : t('history.account', { sid: line.accountSid, host: line.host })}
      </Fact>
      {call.price !== null && <Fact name={t('history.price')}>{call.price}</Fact>}
      {call.exotelStatus !== null && <Fact name={t('history.exotelStatus')}>{call.exotelStatus}</Fact>}
      {call.attempts > 1 && <Fact name={t('history.attempts')}>{call.attempts}</Fact>}
      {call.overrode.length > 0 && (
        <Fact name={t('history.overrode')}>{call.overrode.map(overrideWords).join(', ')}</Fact>
      )}
    </dl>
  );
}

/** A warning's code in words; one of a later version stands as it is. */
function overrideWords(code: string): string {
  return isOverride(code) ? t(`history.override.${code}`) : code;
}

function isOverride(code: string): code is keyof typeof en.history.override {
  return Object.hasOwn(en.history.override, code);
}
