import {
  type Icon,
  IconArrowBackUp,
  IconArrowUpRight,
  IconBan,
  IconCheck,
  IconClock,
  IconPhone,
  IconPhoneCall,
  IconPlayerPause,
  IconQuestionMark,
  IconSend,
  IconX,
} from '@tabler/icons-react';
import type { Call, CallStatus } from '../../src-shared/call.ts';
import { t } from '../words/words.ts';
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
