import { implement } from '@orpc/server';
import { lineKey } from '../../src-shared/call-events.ts';
import { contract } from '../../src-shared/contract/index.ts';
import type { SettingsChange } from '../../src-shared/contract/settings.ts';
import { formatExoPhone } from '../../src-shared/phone-number.ts';
import type { SecretName } from '../../src-shared/settings.ts';
import { accountLine } from '../calls/line-of.ts';
import { CallsOutError, isLineSecret, refuseWhileUnsent } from '../calls/unsent.ts';
import type { RouterParts } from './parts.ts';
import { problemOf } from './stored.ts';

const os = implement(contract);

/** What setting and clearing a secret both declare. */
type SecretErrors = Parameters<Parameters<typeof os.settings.setSecret.handler>[0]>[0]['errors'];

/** How a procedure tells that calls have not reached Exotel yet, or that the disk refused. */
interface ChangeErrors {
  readonly CALLS_OUT: (told: { data: { count: number } }) => Error;
  readonly NOT_STORED: (told: { data: { problem: string } }) => Error;
}

async function changed<T>(change: () => Promise<T>, errors: ChangeErrors): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof CallsOutError) throw errors.CALLS_OUT({ data: { count: error.count } });
    throw errors.NOT_STORED({ data: { problem: problemOf(error) } });
  }
}

export function settingsRouter(parts: RouterParts) {
  const { settings, secrets, settingsView } = parts;

  async function changeSecret(name: SecretName, errors: SecretErrors, change: () => Promise<void>) {
    if (secrets.isLocked(name)) throw errors.LOCKED();
    await changed(async () => {
      if (isLineSecret(name)) await refuseWhileUnsent(parts.storage);
      await change();
    }, errors);
    return parts.announceSettings();
  }

  return {
    get: os.settings.get.handler(settingsView),

    live: os.settings.live.handler(({ signal }) =>
      parts.news.subscribe('settings', signal ? { signal } : {}),
    ),

    update: os.settings.update.handler(async ({ input, errors }) => {
      const change: SettingsChange = input;
      const locked = settings.locked().filter((name) => change[name] !== undefined);
      if (locked.length > 0) throw errors.LOCKED({ data: { names: locked } });
      return changed(() => parts.changeSettings(change), errors);
    }),

    setSecret: os.settings.setSecret.handler(({ input, errors }) =>
      changeSecret(input.name, errors, () => secrets.set(input.name, input.value)),
    ),

    clearSecret: os.settings.clearSecret.handler(({ input, errors }) =>
      changeSecret(input.name, errors, async () => {
        await secrets.clear(input.name);
        if (isLineSecret(input.name)) await secrets.forgetAccount(lineKey(accountLine(settings.get())));
      }),
    ),
  };
}

export function accountRouter({ lines, ports }: RouterParts) {
  return {
    test: os.account.test.handler(async ({ errors }) => {
      const client = await lines.account();
      if ('missing' in client) throw errors.NOT_SET_UP({ data: { missing: client.missing } });
      const started = ports.clock.monotonic();
      const answer = await client.exoPhones();
      if (answer.kind === 'failed') {
        const { code, httpStatus, message } = answer.reason;
        throw errors.FAILED({ data: { code, httpStatus, message } });
      }
      return {
        exoPhones: answer.value.map((phone) => ({ ...phone, text: formatExoPhone(phone.number) })),
        tookMs: Math.round(ports.clock.monotonic() - started),
      };
    }),
  };
}
