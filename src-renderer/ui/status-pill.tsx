import {
  type Icon,
  IconArrowBackUp,
  IconArrowUpRight,
  IconBan,
  IconCheck,
  IconChevronLeft,
  IconClock,
  IconPhone,
  IconPhoneCall,
  IconPhoneIncoming,
  IconPhoneOff,
  IconPlayerPause,
  IconQuestionMark,
  IconSend,
  IconTrendingDown,
  IconX,
} from '@tabler/icons-react';
import type { Call, CallStatus } from '../../src-shared/call.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import type { ConversationState } from '../../src-shared/conversation.ts';
import { t } from '../words/words.ts';
import { conversationWords } from './conversation-words.ts';
import './status-pill.css';

type Tone = 'brand' | 'ok' | 'bad' | 'doubt' | 'quiet';

/** Colour, sign and word: never colour alone. */
const looks: Record<CallStatus, { readonly tone: Tone; readonly Sign: Icon }> = {
  queued: { tone: 'quiet', Sign: IconClock },
  held: { tone: 'quiet', Sign: IconPlayerPause },
  dialing: { tone: 'brand', Sign: IconSend },
  'in-progress': { tone: 'brand', Sign: IconPhoneCall },
  answered: { tone: 'ok', Sign: IconPhone },
  completed: { tone: 'ok', Sign: IconCheck },
  'no-answer': { tone: 'quiet', Sign: IconX },
  busy: { tone: 'quiet', Sign: IconX },
  failed: { tone: 'bad', Sign: IconX },
  canceled: { tone: 'quiet', Sign: IconArrowUpRight },
  rejected: { tone: 'bad', Sign: IconBan },
  unconfirmed: { tone: 'doubt', Sign: IconQuestionMark },
  withdrawn: { tone: 'quiet', Sign: IconArrowBackUp },
};

const signs: Record<ConversationState, Icon> = {
  unknown: IconQuestionMark,
  automated: IconCheck,
  waiting: IconPhoneIncoming,
  talking: IconPhone,
  talked: IconCheck,
  missed: IconTrendingDown,
  left: IconChevronLeft,
};

/** How a call stands: who talked, where that is known to matter, else its status. */
export function CallPill({ call }: { readonly call: CallView }) {
  return conversationWords(call) === null ? <StatusPill call={call} /> : <ConversationPill call={call} />;
}

/** Who talked, in a pill; nothing where the status says all there is to say. */
export function ConversationPill({ call }: { readonly call: CallView }) {
  const words = conversationWords(call);
  if (words === null) return null;
  const isCalledOff = call.conversation.why === 'called-off' || call.calledOff;
  const Sign = isCalledOff ? IconPhoneOff : signs[call.conversation.state];
  return (
    <span className="pill" data-tone={words.tone} title={words.long}>
      <Sign size={14} stroke={2} aria-hidden />
      {words.short}
    </span>
  );
}

export function StatusPill({
  call: { status, settled },
}: {
  readonly call: Pick<Call, 'status' | 'settled'>;
}) {
  const { tone, Sign } = looks[status];
  return (
    <span className="pill" data-tone={tone}>
      <Sign size={14} stroke={2} aria-hidden />
      {t(`status.${status}`)}
      {settled !== null && ` · ${t(`settled.${settled}`)}`}
    </span>
  );
}
