import { implement } from '@orpc/server';
import { lineKey } from '../../src-shared/call.ts';
import { contract } from '../../src-shared/contract/index.ts';
import type { SettingsChange } from '../../src-shared/contract/settings.ts';
import { formatExoPhone } from '../../src-shared/phone-number.ts';
import type { SecretName } from '../../src-shared/settings.ts';
import { CallsOutError, countUnsent } from '../calls/line-change.ts';
import type { RouterParts } from './parts.ts';

const os = implement(contract);

const lineSecrets: ReadonlySet<SecretName> = new Set(['exotelApiKey', 'exotelApiToken']);

/** What setting and clearing a secret both declare. */
type SecretErrors = Parameters<Parameters<typeof os.settings.setSecret.handler>[0]>[0]['errors'];

export function settingsRouter(parts: RouterParts) {
  const { settings, secrets, settingsView } = parts;

  async function changeSecret(name: SecretName, errors: SecretErrors, change: () => Promise<void>) {
    if (secrets.isLocked(name)) throw errors.LOCKED();
    const count = lineSecrets.has(name) ? await countUnsent(parts.storage) : 0;
    if (count > 0) throw errors.CALLS_OUT({ data: { count } });
    try {
      await change();
    } catch (error) {
      throw errors.NOT_STORED({ data: { problem: problemOf(error) } });
    }
    return parts.announceSettings();
  }

  function accountLine(): string {
    const { host, accountSid } = settings.get();
    return lineKey({ kind: 'account', host, accountSid });
  }

  const problemOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

  return {
    get: os.settings.get.handler(settingsView),

    live: os.settings.live.handler(({ signal }) =>
      parts.news.subscribe('settings', signal ? { signal } : {}),
    ),

    update: os.settings.update.handler(async ({ input, errors }) => {
      const change: SettingsChange = input;
      const locked = settings.locked().filter((name) => change[name] !== undefined);
      if (locked.length > 0) throw errors.LOCKED({ data: { names: locked } });
      try {
        return await parts.changeSettings(change);
      } catch (error) {
        if (error instanceof CallsOutError) throw errors.CALLS_OUT({ data: { count: error.count } });
        throw errors.NOT_STORED({ data: { problem: problemOf(error) } });
      }
    }),

    setSecret: os.settings.setSecret.handler(({ input, errors }) =>
      changeSecret(input.name, errors, () => secrets.set(input.name, input.value)),
    ),

    clearSecret: os.settings.clearSecret.handler(({ input, errors }) =>
      changeSecret(input.name, errors, async () => {
        await secrets.clear(input.name);
        if (lineSecrets.has(input.name)) await secrets.forgetAccount(accountLine());
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
