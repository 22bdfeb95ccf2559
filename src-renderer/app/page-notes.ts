import type { CallView } from '../../src-shared/contract/calls.ts';
import type { Note } from '../../src-shared/contract/desktop.ts';
import { api } from './api.ts';

/** Notifications that say "pick up", by their call: they go when the customer waits no more. */
const urgent = new Map<string, Notification>();

/** Whether this page may show notifications; `unsupported`: the browser has none. */
export function notePermission(): NotificationPermission | 'unsupported' {
  return 'Notification' in globalThis ? Notification.permission : 'unsupported';
}

/** Shows what the core decided to tell, where the person allowed it. Several windows show it once: its id is its tag. */
export function showPageNote(note: Note): void {
  if (notePermission() !== 'granted') return;
  const shown = new Notification(note.title, {
    body: note.body,
    tag: note.id,
    requireInteraction: note.urgent,
  });
  shown.addEventListener('click', () => {
    window.focus();
    shown.close();
    void api.desktop.noteClicked({ id: note.id, action: 'open' }).catch(() => undefined);
  });
  if (note.urgent && note.callId !== null) urgent.set(note.callId, shown);
}

/** Takes "pick up" away once nobody waits. */
export function closePageNote({ id, conversation }: Pick<CallView, 'id' | 'conversation'>): void {
  if (conversation.state === 'waiting') return;
  urgent.get(id)?.close();
  urgent.delete(id);
}
