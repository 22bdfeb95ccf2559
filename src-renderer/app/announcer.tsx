import type { CallView } from '../../src-shared/contract/calls.ts';
import { announcement } from '../ui/call-words.ts';
import { spoken } from '../ui/format.ts';
import { needsAction } from './call-pages.ts';
import { createStore, useStore } from './store.ts';

const status = createStore('');
const alert = createStore('');
const lastSaid = new Map<string, string>();

/** Says a call's move aloud, once; what needs action is said as an alert. */
export function announceCall(call: CallView): void {
  const words = announcement(call, call.contactName ?? spoken(call.numberText));
  if (lastSaid.get(call.id) === words) return;
  lastSaid.set(call.id, words);
  (needsAction(call) || call.conversation.state === 'waiting' ? alert : status).set(words);
}

/** Says something that is no call's move, such as how many results there are. */
export function announce(words: string): void {
  // The same words again are read again only if the text differs.
  status.set(status.get() === words ? `${words}\u00a0` : words);
}

/** The one announcer: in the page from the start, so that screen readers know it before it speaks. */
export function Announcer() {
  return (
    <div className="visually-hidden">
      <div role="status">{useStore(status)}</div>
      <div role="alert">{useStore(alert)}</div>
    </div>
  );
}
