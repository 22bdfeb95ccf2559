import { Notification } from 'electron';
import type { Log, Notifier } from '../../ports.ts';
import { noteAction, noteOptions } from './note-options.ts';

/** The system's notifications. Each is held until it is closed: one that is collected as garbage tells of no click. */
export function createNotifier(log: Log): Notifier {
  const shown = new Map<string, Notification>();

  function close(id: string): void {
    shown.get(id)?.close();
    shown.delete(id);
  }

  return {
    kind: Notification.isSupported() ? 'system' : 'page',
    show(note, clicked) {
      close(note.id);
      const notification = new Notification(noteOptions(note));
      shown.set(note.id, notification);
      notification.on('click', () => clicked('open'));
      notification.on('action', ({ actionIndex }) => clicked(noteAction(note, actionIndex)));
      notification.on('failed', (_event, error) => log.warn('A notification was not shown', { error }));
      notification.on('close', () => {
        // One that was replaced tells of its end after the next has come.
        if (shown.get(note.id) === notification) shown.delete(note.id);
      });
      notification.show();
    },
    close,
  };
}
