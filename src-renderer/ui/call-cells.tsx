import { IconFlask } from '@tabler/icons-react';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { t } from '../words/words.ts';
import { callee, reasonWords } from './call-words.ts';
import { clock, exactTime, shortWhen, timeOfDay } from './format.ts';
import { Avatar } from './parts.tsx';
import { CallPill } from './status-pill.tsx';
import './call-cells.css';

/** A call in one row: who, why, status, how long, when. As gridcells where the row is in a grid. */
export function CallCells({
  call,
  role,
  now,
}: {
  readonly call: CallView;
  readonly role?: 'gridcell';
  /** Absent: the day stands elsewhere, and the time of day is enough. */
  readonly now?: number;
}) {
  const why = call.reason === null ? '' : reasonWords(call.reason).what;
  return (
    <>
      <span role={role} className="call-who">
        <Avatar name={call.contactName ?? ''} />
        <span className="call-names">
          <span className="call-name ellipsis">{callee(call)}</span>
          <span className="second ellipsis">
            {call.contactName === null ? '' : call.numberText}
            {call.line.kind === 'practice' && <PracticeMark />}
          </span>
        </span>
      </span>
      <span role={role} className="call-why ellipsis quiet" title={why || undefined}>
        {why}
      </span>
      <span role={role} className="call-status">
        <CallPill call={call} />
      </span>
      <span role={role} className="call-duration quiet">
        {lasted(call)}
      </span>
      <time
        role={role}
        className="call-when quiet"
        dateTime={new Date(call.placedAt).toISOString()}
        title={exactTime(call.placedAt)}
      >
        {now === undefined ? timeOfDay(call.placedAt) : shortWhen(call.placedAt, now)}
      </time>
    </>
  );
}

/** How long the two talked; where nobody told, how long the customer's phone was on the line. */
function lasted({ conversation, durationSeconds }: CallView): string {
  if (conversation.state === 'talked' && conversation.seconds !== null) return clock(conversation.seconds);
  return conversation.state === 'automated' && durationSeconds !== null ? clock(durationSeconds) : '';
}

/** Practice calls are always marked. */
export function PracticeMark() {
  return (
    <span className="practice-mark">
      <IconFlask size={13} stroke={1.75} aria-hidden />
      {t('app.practice')}
    </span>
  );
}
