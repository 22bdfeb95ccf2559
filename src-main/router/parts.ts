import type { EventPublisher } from '@orpc/server';
import type { AppStatus } from '../../src-shared/contract/app.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import type { Destination, DesktopState, DialCardView, Note } from '../../src-shared/contract/desktop.ts';
import type { DoorsView } from '../../src-shared/contract/flows.ts';
import type { PracticePhoneView } from '../../src-shared/contract/practice.ts';
import type { SettingsChange, SettingsView } from '../../src-shared/contract/settings.ts';
import type { RepView } from '../../src-shared/rep.ts';
import type { Dialer } from '../calls/dialer.ts';
import type { LineTrouble } from '../calls/line-trouble.ts';
import type { Lines } from '../calls/lines.ts';
import type { Reconciler } from '../calls/reconciler.ts';
import type { Recorder } from '../calls/recorder.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { Contacts } from '../contacts/contacts.ts';
import type { Secrets } from '../credentials/secrets.ts';
import type { Desk } from '../desktop/desk.ts';
import type { Ports } from '../ports.ts';
import type { PracticeLine } from '../practice-line/practice-line.ts';
import type { PublicAddress } from '../public-address.ts';
import type { Readiness } from '../rep/readiness.ts';
import type { SettingsStore } from '../settings.ts';
import type { Storage, StoredCall } from '../storage/storage.ts';

/** What every open window is told, as it happens. */
export type News = {
  readonly call: CallView;
  readonly settings: SettingsView;
  readonly status: AppStatus;
  readonly rep: RepView;
  readonly practicePhone: PracticePhoneView;
  readonly desktop: DesktopState;
  /** In a box: a publisher takes no null. */
  readonly card: { readonly card: DialCardView | null };
  readonly note: Note;
  readonly destination: Destination;
};

/** Everything the contract's procedures are made of. */
export interface RouterParts {
  readonly ports: Ports;
  readonly storage: Storage;
  readonly settings: SettingsStore;
  readonly secrets: Secrets;
  readonly lines: Lines;
  readonly dialer: Dialer;
  readonly trouble: LineTrouble;
  readonly reconciler: Reconciler;
  readonly recorder: Recorder;
  readonly readiness: Readiness;
  readonly desk: Desk;
  readonly practiceLine: PracticeLine;
  readonly practicePhone: () => PracticePhoneView;
  readonly doorsView: () => DoorsView;
  /**
   * Writes settings, tells the windows, and lets everything that follows them follow. Rejects where it cannot, with a
   * CallsOutError where calls are on their way by the line that it would change.
   */
  readonly changeSettings: (change: SettingsChange) => Promise<SettingsView>;
  readonly pacer: Pacer;
  /** A call as screens show it. */
  readonly view: (stored: StoredCall) => CallView;
  readonly contacts: Contacts;
  readonly address: PublicAddress;
  readonly news: EventPublisher<News>;
  readonly status: () => AppStatus;
  readonly settingsView: () => Promise<SettingsView>;
  /** Tells the windows of the settings as they stand, and lets everything that follows them follow. */
  readonly announceSettings: () => Promise<SettingsView>;
  readonly dismissNotice: (code: string) => void;
}
