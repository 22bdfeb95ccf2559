import { type Call, isTerminal } from '../../src-shared/call.ts';
import type { Destination, Note } from '../../src-shared/contract/desktop.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Clock } from '../ports.ts';
import type { StoredCall } from '../storage/storage.ts';
import { endingOf, endingPhrase } from './call-phrases.ts';
import { whoOf } from './who.ts';

/** Calls that end within so long of each other are told together, ms. */
const togetherMs = 1500;

/** So many calls that were told are remembered, to tell better what is learnt late. */
const rememberedCalls = 200;

/** Decides what is notified of calls; `show` and `close` are the shell's, or the page's. */
export interface Notes {
  /** Tells it of every change of a call. */
  follow(stored: StoredCall): void;
  /** What a click, or a button, of a notification means; null: nothing any more. */
  clicked(id: string, action: 'open' | Note['actions'][number]): Destination | null;
  stop(): void;
}

export function createNotes(parts: {
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly show: (note: Note) => void;
  readonly close: (id: string) => void;
}): Notes {
  /** Calls whose end is still to come, and was not there before this program was. */
  const running = new Set<string>();
  /** As calls were when their end was told, or found. */
  const ended = new Map<string, Call>();
  const waitingToBeTold = new Map<string, StoredCall>();
  const onTheLine = new Set<string>();
  const shown = new Map<string, { readonly callId: string | null; readonly number: string | null }>();
  let cancelTimer: (() => void) | null = null;

  function show(note: Note, number: string | null): void {
    shown.set(note.id, { callId: note.callId, number });
    for (const id of shown.keys()) if (shown.size > rememberedCalls) shown.delete(id);
    parts.show(note);
  }

  function followTheLine({ call, contact }: StoredCall): void {
    const id = `line ${call.id}`;
    const waits = call.conversation.state === 'waiting' && !isTerminal(call.status);
    if (waits && !onTheLine.has(call.id)) {
      onTheLine.add(call.id);
      if (!isWanted('onTheLine')) return;
      show(
        {
          id,
          kind: 'on-the-line',
          title: `${whoOf(call, contact)} is on the line`,
          body: 'Pick up your phone.',
          callId: call.id,
          actions: [],
          urgent: true,
        },
        call.number.e164,
      );
    } else if (!waits && onTheLine.delete(call.id)) {
      parts.close(id);
    }
  }

  function followTheEnd(stored: StoredCall): void {
    const { call } = stored;
    const ending = endingOf(call);
    if (ending === null) {
      if (isTerminal(call.status)) running.delete(call.id);
      else running.add(call.id);
      return;
    }
    const before = ended.get(call.id);
    // What ended before this run, or long ago, is not told because a note is written or a price comes.
    const isNew = running.delete(call.id) || (before !== undefined && isNews(before, call));
    if (before === undefined || isNew) remember(call);
    if (!isNew) return;
    if (isWanted(ending)) waitingToBeTold.set(call.id, stored);
    else waitingToBeTold.delete(call.id);
    if (waitingToBeTold.size > 0) cancelTimer ??= parts.clock.after(togetherMs, tell);
  }

  function remember(call: Call): void {
    ended.delete(call.id);
    ended.set(call.id, call);
    for (const id of ended.keys()) if (ended.size > rememberedCalls) ended.delete(id);
  }

  function isWanted(what: keyof Settings['notify']): boolean {
    const { doNotDisturb, notify } = parts.settings();
    return notify[what] && !doNotDisturb;
  }

  function tell(): void {
    cancelTimer = null;
    const together = [...waitingToBeTold.values()];
    waitingToBeTold.clear();
    const [first] = together;
    if (first === undefined || parts.settings().doNotDisturb) return;
    if (together.length === 1) {
      const { call, contact } = first;
      show(
        {
          id: `end ${call.id}`,
          kind: 'ended',
          title: whoOf(call, contact),
          body: endingPhrase(call),
          callId: call.id,
          actions: ['call-again', 'add-note'],
          urgent: false,
        },
        call.number.e164,
      );
      return;
    }
    const talked = together.filter(({ call }) => call.conversation.state === 'talked').length;
    const names = together.map(({ call, contact }) => whoOf(call, contact));
    show(
      {
        id: `ends ${first.call.id}`,
        kind: 'several',
        title: `${together.length} calls finished${talked === 0 ? '' : `, ${talked} talked`}`,
        body: names.slice(0, 4).join(', ') + (names.length > 4 ? ` and ${names.length - 4} more` : ''),
        callId: null,
        actions: [],
        urgent: false,
      },
      null,
    );
  }

  return {
    follow(stored) {
      followTheLine(stored);
      followTheEnd(stored);
    },
    clicked(id, action) {
      const note = shown.get(id);
      if (note === undefined) return null;
      if (action === 'call-again') return { to: 'dial', number: note.number };
      if (note.callId === null) return { to: 'history' };
      return { to: 'call', callId: note.callId, note: action === 'add-note' };
    },
    stop: () => cancelTimer?.(),
  };
}

/** A duration or a price that comes minutes later is none; that they talked, or that a doubt is settled, is. */
function isNews(before: Call, after: Call): boolean {
  const isSame = before.status === after.status && before.conversation.state === after.conversation.state;
  return !isSame && endingPhrase(before) !== endingPhrase(after);
}
