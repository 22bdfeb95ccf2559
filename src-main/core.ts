import { userInfo } from 'node:os';
import { EventPublisher } from '@orpc/server';
import { type Line, lineKey } from '../src-shared/call-events.ts';
import type { AppStatus } from '../src-shared/contract/app.ts';
import type { PracticePhoneView } from '../src-shared/contract/practice.ts';
import type { SettingsChange, SettingsView } from '../src-shared/contract/settings.ts';
import { callView } from './calls/call-view.ts';
import { createDialer } from './calls/dialer.ts';
import { createFlowCalls, restoreFlowCalls } from './calls/flow-calls.ts';
import { createFlowDoors } from './calls/flow-doors.ts';
import { waitForLastAnswers } from './calls/last-answers.ts';
import { createLineTrouble } from './calls/line-trouble.ts';
import { createLines } from './calls/lines.ts';
import { createReconciler } from './calls/reconciler.ts';
import { createQueueNews } from './calls/queue-news.ts';
import { changesLine, refuseWhileUnsent } from './calls/unsent.ts';
import { createRecorder } from './calls/recorder.ts';
import { takeStatusCallback } from './calls/status-callbacks.ts';
import { startCallbackServer } from './callbacks/start.ts';
import { statusCallbackPath } from './callbacks/server.ts';
import { createContacts } from './contacts/contacts.ts';
import { createSecrets } from './credentials/secrets.ts';
import { createConnector } from './exotel/connector.ts';
import { createExotelClient } from './exotel/exotel-client.ts';
import type { Timeouts } from './exotel/transport.ts';
import { createDesk } from './desktop/desk.ts';
import { createDoorHealth } from './door-health.ts';
import { practiceFlow } from './flows.ts';
import { createNotices, noteStart } from './notices.ts';
import { createPacer } from './pacing/pacer.ts';
import { doorsView, missingDoorSecrets, pastedUrls } from './pasted-urls.ts';
import type { Ports } from './ports.ts';
import { practicePhoneView } from './calls/practice-phone-view.ts';
import { startPracticeLine } from './practice-line/start.ts';
import type { Provisioning } from './provisioning.ts';
import { createPublicAddress } from './public-address.ts';
import type { News, RouterParts } from './router/parts.ts';
import { gapMs, recoverCalls } from './recover.ts';
import { createReadiness } from './rep/readiness.ts';
import { createRouter, type Router } from './router/router.ts';
import { createSettings } from './settings.ts';
import { acquireLock } from './storage/lock.ts';
import { openStorage } from './storage/open.ts';
import type { StoredCall } from './storage/storage.ts';
import { startUpkeep } from './upkeep.ts';

export interface CoreOptions {
  /** Owned by this core for its life (`lock.db`). */
  readonly dataDir: string;
  readonly version: string;
  readonly platform: string;
  readonly provisioning: Provisioning;
  /** How long a practice customer's phone rings and the flow then talks, ms. */
  readonly practice?: { readonly ringMs: number; readonly talkMs: number };
  /** How long Exotel may take to answer; `defaultTimeouts` where it is left out. */
  readonly timeouts?: Timeouts;
}

/** The program without its window. */
export interface Core {
  readonly router: Router;
  /** `http://127.0.0.1:PORT` of the callback server. */
  readonly callbacksOrigin: string;
  /** Ends all work, writes what is known, closes every door. */
  stop(): Promise<void>;
}

/** How long a connection out by the public address may take, ms. */
const connectMs = 10_000;

/** Requests that Exotel allows an account in a minute (exotel-api.md, "Rate limit"). */
const exotelsRateLimit = 200;

/** The practice line has a rate, to show it, but nothing of it counts for Exotel. */
const practice = lineKey({ kind: 'practice' });

/**
 * Puts the program together and starts it. Rejects with a LockedError where another program holds the data folder,
 * with a StorageError where the database cannot be used; nothing is left running then.
 */
export async function createCore(ports: Ports, options: CoreOptions): Promise<Core> {
  await using undo = new AsyncDisposableStack();
  const { clock, log } = ports;

  const lock = acquireLock(options.dataDir, { shell: ports.shell, now: clock.now() });
  undo.defer(() => lock.release());
  const storage = await openStorage({ dataDir: options.dataDir, now: clock.now });
  undo.defer(() => storage.close());

  const settings = createSettings({
    file: ports.settingsFile,
    provisioned: options.provisioning.settings,
    suggested: options.provisioning.suggested,
    log,
  });
  const doorSecrets = missingDoorSecrets(settings.get());
  if (doorSecrets !== null) settings.update({ doorSecrets });
  const secrets = createSecrets({ vault: ports.vault, provisioned: options.provisioning.secrets });
  const practiceLine = await startPracticeLine({
    clock,
    ...options.practice,
    flowOf: (appId) => practiceFlow(appId, settings.get()),
    doors: () => pastedUrls(callbacks.origin, settings.get()),
    phoneChanged: () => news.publish('practicePhone', practicePhone()),
    answerRefused: ({ sid, applet, problem }) =>
      log.warn('the practice line took an answer for no good one', { sid, applet, problem }),
  });
  undo.defer(() => practiceLine.close());
  /** Accounts that another program was seen to dial through in this run. */
  const sharedLines = new Set<string>();
  const pacer = createPacer({
    clock,
    log,
    limit: options.provisioning.rateLimit ?? exotelsRateLimit,
    carried: await storage.requests.lastMinutes(),
    recordRead: async (line, inMinute) => {
      if (line !== practice) await storage.requests.record(line, inMinute);
    },
    moved: () => queueNews.moved(),
    shared: (line) => {
      if (line === practice) return;
      sharedLines.add(line);
      notices.add({ code: 'account-shared' });
    },
  });
  undo.defer(() => pacer.stop());
  const lines = createLines({
    settings: settings.get,
    secrets,
    practiceLine,
    log,
    createClient: (account, line) =>
      createExotelClient(account, {
        proxyFor: (url) => ports.proxy.forUrl(url),
        ...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
        now: () => clock.now(),
        gate: { enter: (signal) => pacer.enter(line, signal) },
      }),
  });

  const news = new EventPublisher<News>({ maxBufferedEvents: 10_000 });
  const tellStatus = () => news.publish('status', status());
  const notices = createNotices(tellStatus);
  const doorHealth = createDoorHealth(clock, tellStatus);
  undo.defer(() => doorHealth.stop());
  const flowCalls = createFlowCalls();
  const trouble = createLineTrouble(clock);
  const view = (stored: StoredCall) => callView(stored, () => pacer.places());
  const queueNews = createQueueNews({
    clock,
    places: () => pacer.places(),
    tell: (stored) => news.publish('call', view(stored)),
  });
  undo.defer(() => queueNews.stop());
  const changed = (stored: StoredCall) => {
    reconciler.follow(stored);
    queueNews.follow(stored);
    flowCalls.follow(stored);
    readiness.follow(stored.call);
    news.publish('call', view(stored));
    // Last: it draws on the system's own windows, which may be gone.
    desk.follow(stored);
  };
  const recorder = createRecorder({ storage, clock, log, changed });
  const reconciler = createReconciler({
    clock,
    log,
    lines,
    recorder,
    storage,
    mayBeOthers: (line) => line !== practice && (settings.get().accountShared || sharedLines.has(line)),
    repIsThere: () => readiness.view().state !== 'away',
    changedAway: (count) => notices.addChangedAway(count),
    listUnavailable: () => notices.add({ code: 'list-unavailable' }),
  });
  undo.defer(() => reconciler.stop());

  const readiness = createReadiness({
    clock,
    settings: settings.get,
    provenAgoMs: () => address.provenAgoMs(),
    keepAway: (away) => {
      if (away !== settings.get().away) void settings.update({ away });
    },
    contradicted: () => reconciler.catchUp(false),
    returned: () => reconciler.catchUp(false),
    changed(rep) {
      // While a flow may ring the rep at any moment, the address must not be found dead by a customer.
      address.keepFresh(rep.state === 'ready');
      desk.look();
      news.publish('rep', rep);
    },
  });
  undo.defer(() => readiness.stop());
  const userName = userInfo().username;
  const doors = createFlowDoors({
    clock,
    log,
    settings: settings.get,
    readiness,
    flowCalls,
    recorder,
    repName: () => settings.get().repName || userName,
    heard: (door) => doorHealth.heard(door),
    refused: (door, code) => doorHealth.refused(door, code),
  });
  // Before the door opens: a customer may be waiting at it since the last run.
  await restoreFlowCalls(flowCalls, storage);
  const callbacks = await startCallbackServer({
    port: settings.get().callbackPort,
    ...doors,
    onStatusCallback: (callback) => takeStatusCallback(callback, { recorder, clock, log }),
    onRequest: (line) => log.info('callback', line),
  });
  undo.defer(() => callbacks.close());
  const address = createPublicAddress({
    settings: settings.get,
    secrets,
    helpers: ports.helpers,
    clock,
    log,
    targetPort: callbacks.port,
    probe: callbacks.probe,
    connect: createConnector({ timeoutMs: connectMs, proxyFor: (url) => ports.proxy.forUrl(url) }),
    changed() {
      readiness.look();
      desk.look();
      tellStatus();
    },
    // What Exotel had to tell meanwhile was lost.
    reopened: () => reconciler.catchUp(false),
    proven: () => readiness.look(),
  });
  undo.defer(() => address.stop());
  undo.defer(ports.wake.onWake((why) => address.doubt(why)));

  noteStart({
    notices,
    setAside: ports.settingsFile.setAside,
    ignored: settings.ignored,
    problems: options.provisioning.problems,
    restored: storage.restored,
  });
  void storage.damaged.then(() => {
    log.error('the database was found damaged; nothing more is stored or sent');
    notices.add({ code: 'storage-damaged' });
  });

  function status(): AppStatus {
    return {
      version: options.version,
      shell: ports.shell,
      platform: options.platform,
      dataDir: options.dataDir,
      vault:
        ports.vault.kind === 'keychain'
          ? { kind: 'keychain' }
          : { kind: 'memory', problem: ports.vault.problem },
      callbacks: callbacks.origin,
      tunnel: address.state(),
      ...doorHealth.state(),
      notices: notices.all(),
    };
  }

  const desk = createDesk({
    clock,
    log,
    desktop: ports.desktop,
    platform: options.platform,
    settings: settings.get,
    changeSettings,
    lineIsLocked: () => settings.locked().includes('line'),
    readiness,
    tunnel: () => address.state(),
    tell: {
      state: (state) => news.publish('desktop', state),
      card: (card) => news.publish('card', { card }),
      note: (note) => news.publish('note', note),
      destination: (destination) => news.publish('destination', destination),
    },
  });
  undo.defer(() => desk.stop());

  async function settingsView(): Promise<SettingsView> {
    return { values: settings.get(), locked: settings.locked(), secrets: await secrets.view() };
  }

  async function announceSettings(): Promise<SettingsView> {
    const changed = await settingsView();
    news.publish('settings', changed);
    readiness.look();
    desk.look();
    await address.follow();
    return changed;
  }

  async function changeSettings(change: SettingsChange): Promise<SettingsView> {
    if (changesLine(change, settings.get())) await refuseWhileUnsent(storage);
    settings.update(change);
    return announceSettings();
  }

  /** The practice line is on this computer and needs no tunnel. */
  function baseOf(line: Line['kind']): string | null {
    return line === 'practice' ? callbacks.origin : address.publicUrl();
  }

  function practicePhone(): PracticePhoneView {
    return practicePhoneView(practiceLine.phone());
  }

  function callbackUrl(line: Line, callId: string, token: string): string | null {
    const base = baseOf(line.kind);
    return base === null ? null : base + statusCallbackPath(callId, token);
  }

  const dialer = createDialer({
    clock,
    log,
    storage,
    settings: settings.get,
    lines,
    recorder,
    pacer,
    readiness,
    trouble,
    proveAddress: () => address.check(),
    expectFlow: (call, token) => flowCalls.expect(call, token),
    lookForSleep: () => ports.wake.look(),
    callbackUrl,
  });
  undo.defer(async () => {
    await waitForLastAnswers(dialer, clock);
    await lines.close();
    recorder.stop();
    await dialer.settle();
  });

  const interrupted = await recoverCalls({
    clock,
    storage,
    recorder,
    reconciler,
    dialer,
    found(stored) {
      readiness.follow(stored.call);
      desk.follow(stored);
    },
  });
  if (interrupted > 0) notices.add({ code: 'calls-interrupted', count: interrupted });
  reconciler.catchUp(true);
  undo.defer(
    ports.wake.onWake((why) => {
      if (why.kind === 'woke' && why.sleptMs > gapMs) {
        readiness.leave('sleep');
        dialer.hold().catch((error: unknown) => log.error('holding failed', { error: String(error) }));
      }
      reconciler.catchUp(why.kind === 'woke');
    }),
  );
  const upkeep = startUpkeep({ storage, clock, log, copied: notices.copied });
  undo.defer(() => upkeep.stop());
  // The window must not wait for a tunnel.
  address
    .follow()
    .catch((error: unknown) => log.error('the public address failed', { error: String(error) }));

  const parts: RouterParts = {
    ports,
    storage,
    settings,
    secrets,
    lines,
    dialer,
    trouble,
    reconciler,
    recorder,
    readiness,
    desk,
    practiceLine,
    practicePhone,
    doorsView: () => doorsView(baseOf(settings.get().line), settings.get()),
    changeSettings,
    announceSettings,
    pacer,
    view,
    contacts: createContacts({ storage, clock, settings: settings.get, userName }),
    address,
    news,
    status,
    settingsView,
    dismissNotice: (code) => notices.dismiss(code),
  };
  const router = createRouter(parts);

  const running = undo.move();
  return {
    router,
    callbacksOrigin: callbacks.origin,
    async stop() {
      pacer.stop();
      await running.disposeAsync();
    },
  };
}
