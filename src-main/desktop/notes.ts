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
  const told = new Map<string, { readonly call: Call; phrase: string }>();
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
      const { doNotDisturb, notify } = parts.settings();
      if (doNotDisturb || !notify.onTheLine) return;
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
    if (ending === null) return;
    // A call that waits for proof is told once it is doubted, and again only when it ends.
    const before = told.get(call.id);
    if (before !== undefined && before.phrase === endingPhrase(call)) return;
    if (before !== undefined && !isNews(before.call, call)) return;
    told.set(call.id, { call, phrase: endingPhrase(call) });
    for (const id of told.keys()) if (told.size > rememberedCalls) told.delete(id);
    const { doNotDisturb, notify } = parts.settings();
    if (doNotDisturb || !notify[ending]) return;
    waitingToBeTold.set(call.id, stored);
    cancelTimer ??= parts.clock.after(togetherMs, tell);
  }

  function tell(): void {
    cancelTimer = null;
    const ended = [...waitingToBeTold.values()];
    waitingToBeTold.clear();
    const [first] = ended;
    if (first === undefined) return;
    if (ended.length === 1) {
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
    const talked = ended.filter(({ call }) => call.conversation.state === 'talked').length;
    const names = ended.map(({ call, contact }) => whoOf(call, contact));
    show(
      {
        id: `ends ${first.call.id}`,
        kind: 'several',
        title: `${ended.length} calls finished${talked === 0 ? '' : `, ${talked} talked`}`,
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
  return before.status !== after.status || before.conversation.state !== after.conversation.state;
}
