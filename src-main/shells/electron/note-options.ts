import type { NotificationConstructorOptions } from 'electron';
import type { Note } from '../../../src-shared/contract/desktop.ts';

type NoteAction = Note['actions'][number];

const labels: Readonly<Record<NoteAction, string>> = { 'call-again': 'Call again', 'add-note': 'Add note' };

/** A notification as Electron takes it. Systems without buttons leave them out; a click stays. */
export function noteOptions(note: Note): NotificationConstructorOptions {
  return {
    // As long as Windows takes one.
    id: note.id.slice(0, 64),
    groupId: note.kind === 'on-the-line' ? 'line' : 'ended',
    title: note.title,
    body: note.body,
    urgency: note.urgent ? 'critical' : 'normal',
    timeoutType: note.urgent ? 'never' : 'default',
    actions: note.actions.map((action) => ({ type: 'button', text: labels[action] })),
  };
}

/** What the button at this place does; a place without one is a click. */
export function noteAction(note: Note, index: number): NoteAction | 'open' {
  return note.actions[index] ?? 'open';
}
