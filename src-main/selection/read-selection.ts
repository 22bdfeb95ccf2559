import { assertNever } from '../../src-shared/errors.ts';
import type { Clock, Helper, Helpers, Log, SelectionRead, SelectionReader } from '../ports.ts';
import { mostText, type ReadAnswer, type ReadRequest, readAnswerSchema } from './selection-messages.ts';

/** How long one read may take, ms, a start of the helper included. A program that hangs keeps its selection to itself. */
const defaultDeadlineMs = 2000;

export interface SelectionReaderOptions {
  readonly helpers: Helpers;
  readonly clock: Clock;
  readonly log: Log;
  /**
   * Linux: the PRIMARY selection as the shell reads it, which serves where the native part cannot. Null: there is none.
   */
  readonly primary: (() => Promise<string>) | null;
  readonly deadlineMs?: number;
}

/** A {@link SelectionReader} that has a process. */
export interface HelperSelectionReader extends SelectionReader {
  /** Starts the helper before it is needed, so that the first press waits no longer than the next. */
  prepare(): void;
  /** Ends the helper. A read that is under way, and each later one, finds nothing. */
  stop(): void;
}

type Nothing = Extract<SelectionRead, { kind: 'nothing' }>['why'];
type Answer = Exclude<ReadAnswer, { type: 'nothing' }> | { readonly type: 'nothing'; readonly why: Nothing };

/** A helper that runs, and the one who waits for its answer. */
interface Running {
  readonly helper: Helper;
  waiting: ((answer: Answer) => void) | null;
}

/**
 * Reads the selection in a helper process, started on first use: one that hangs is ended, one that crashed is started
 * anew by the next read. Where the native part cannot be had on this desktop it is not tried again.
 */
export function createSelectionReader(options: SelectionReaderOptions): HelperSelectionReader {
  const { helpers, clock, log, primary, deadlineMs = defaultDeadlineMs } = options;
  let running: Running | null = null;
  let reading: Promise<SelectionRead> | null = null;
  let hasNative = true;
  let stopped = false;

  function prepare(): Running {
    if (running !== null) return running;
    const helper = helpers.start('selection', {
      message: (message) => hear(started, message),
      exit: (reason) => {
        if (running !== started) return;
        log.warn('The helper that reads the selection ended', { reason });
        drop(started, 'crashed');
      },
    });
    const started: Running = { helper, waiting: null };
    running = started;
    return started;
  }

  function hear(from: Running, message: unknown): void {
    const answer = readAnswerSchema.safeParse(message).data;
    if (running !== from) return;
    if (answer === undefined) {
      log.error('The helper that reads the selection said something unreadable');
      return drop(from, 'crashed');
    }
    if (answer.type === 'nothing' && answer.why === 'no-native') {
      log.warn('The selection cannot be read natively', { detail: answer.detail });
      hasNative = false;
      return drop(from, 'no-native');
    }
    from.waiting?.(answer);
  }

  /** Ends a helper. Whoever waits for its answer is told why there is none. */
  function drop(dropped: Running, why: Nothing): void {
    running = null;
    dropped.helper.kill();
    dropped.waiting?.({ type: 'nothing', why });
  }

  async function ask(): Promise<Answer> {
    if (!hasNative) return { type: 'nothing', why: 'no-native' };
    const asked = prepare();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    asked.waiting = resolve;
    const cancelDeadline = clock.after(deadlineMs, () => {
      log.warn('The selection was not read in time', { deadlineMs });
      drop(asked, 'timed-out');
    });
    asked.helper.send({ type: 'read' } satisfies ReadRequest);
    const answer = await promise;
    cancelDeadline();
    asked.waiting = null;
    return answer;
  }

  async function readNow(): Promise<SelectionRead> {
    if (stopped) return { kind: 'nothing', why: 'no-native' };
    const answer = await ask();
    if (answer.type === 'text') return { kind: 'text', text: answer.text, source: 'native' };
    switch (answer.why) {
      case 'no-native':
      case 'crashed':
        return primary === null || stopped
          ? { kind: 'nothing', why: answer.why }
          : await readPrimary(primary, answer.why);
      case 'empty':
      case 'no-permission':
      // The program that owns the selection may be what hangs: the shell would only hang with it.
      case 'timed-out':
        return { kind: 'nothing', why: answer.why };
      default:
        return assertNever(answer.why);
    }
  }

  async function readPrimary(
    readText: NonNullable<typeof primary>,
    otherwise: Nothing,
  ): Promise<SelectionRead> {
    try {
      const text = (await readText()).slice(0, mostText);
      return text.trim() === ''
        ? { kind: 'nothing', why: 'empty' }
        : { kind: 'text', text, source: 'primary' };
    } catch (error) {
      log.warn('The PRIMARY selection cannot be read', { error });
      return { kind: 'nothing', why: otherwise };
    }
  }

  return {
    read() {
      reading ??= readNow().finally(() => (reading = null));
      return reading;
    },
    prepare() {
      if (hasNative && !stopped) prepare();
    },
    stop() {
      stopped = true;
      if (running !== null) drop(running, 'no-native');
    },
  };
}
