import type { Line } from '../../src-shared/call.ts';
import { lineKey } from '../../src-shared/call.ts';
import type { Verdict } from '../../src-shared/contract/calls.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Secrets } from '../credentials/secrets.ts';
import type { ExotelAccount, ExotelClient } from '../exotel/client.ts';
import { flowUrl, originOf } from '../exotel/hosts.ts';
import type { PracticeLine } from '../practice-line/practice-line.ts';

/** The line that calls go to now, with what each call on it carries. */
export interface OpenLine {
  readonly line: Line;
  readonly client: ExotelClient;
  readonly callerId: string;
  readonly flowUrl: string;
}

/** What must be filled in before the account's line can dial. */
export type Missing = Verdict['missing'];

/** Knows the practice line and the account's line, and who to ask about a call of either. */
export interface Lines {
  /** The line in use, or what it lacks. */
  current(): Promise<OpenLine | { readonly missing: Missing }>;
  /** The client for a call's own line; null where that account is no longer the one set up. */
  clientFor(line: Line): Promise<ExotelClient | null>;
  /** The account's client, whatever line is in use, or what it lacks: to test it. */
  account(): Promise<ExotelClient | { readonly missing: Missing }>;
  /** Closes every client; requests under way are given up. */
  close(): Promise<void>;
}

export function createLines(parts: {
  readonly settings: () => Settings;
  readonly secrets: Secrets;
  readonly practiceLine: PracticeLine;
  /** `line` is the `lineKey` of its calls. */
  readonly createClient: (account: ExotelAccount, line: string) => ExotelClient;
}): Lines {
  const practiceClient = parts.createClient(parts.practiceLine.account, lineKey({ kind: 'practice' }));
  let accountClient: { readonly key: string; readonly client: ExotelClient } | null = null;
  const retired = new Set<Promise<void>>();

  /** One client per set of credentials: its connections stay open until they change. */
  function clientOf(account: ExotelAccount, line: Line): ExotelClient {
    const key = JSON.stringify([
      lineKey(line),
      account.origin,
      account.accountSid,
      account.apiKey,
      account.apiToken,
    ]);
    if (accountClient?.key !== key) {
      retire(accountClient?.client);
      accountClient = { key, client: parts.createClient(account, lineKey(line)) };
    }
    return accountClient.client;
  }

  function retire(client: ExotelClient | undefined): void {
    if (client === undefined) return;
    const closing = client.close().finally(() => retired.delete(closing));
    retired.add(closing);
  }

  async function account(): Promise<ExotelClient | { readonly missing: Missing }> {
    const { accountSid, host } = parts.settings();
    const apiToken = await parts.secrets.get('exotelApiToken');
    if (accountSid === '' || apiToken === null) {
      return {
        missing: [
          ...(accountSid === '' ? (['accountSid'] as const) : []),
          ...(apiToken === null ? (['exotelApiToken'] as const) : []),
        ],
      };
    }
    // Legacy accounts have no key of their own: their user name is the sid (exotel-api.md, "Hosts and accounts").
    const apiKey = (await parts.secrets.get('exotelApiKey')) ?? accountSid;
    const line = { kind: 'account', host, accountSid } as const;
    return clientOf({ origin: originOf(host), accountSid, apiKey, apiToken }, line);
  }

  async function current(): Promise<OpenLine | { readonly missing: Missing }> {
    const settings = parts.settings();
    if (settings.line === 'practice') {
      return {
        line: { kind: 'practice' },
        client: practiceClient,
        callerId: parts.practiceLine.callerId,
        flowUrl: parts.practiceLine.flowUrl,
      };
    }
    const client = await account();
    const url = flowUrl({
      host: settings.host,
      accountSid: settings.accountSid,
      appId: settings.appId,
      form: settings.flowUrlForm,
      own: settings.flowUrl,
    });
    const missing: Missing = [
      ...('missing' in client ? client.missing : []),
      ...(settings.callerId === '' ? (['callerId'] as const) : []),
      ...(url === null ? (['flow'] as const) : []),
    ];
    if ('missing' in client || url === null || missing.length > 0) return { missing };
    return {
      line: { kind: 'account', host: settings.host, accountSid: settings.accountSid },
      client,
      callerId: settings.callerId,
      flowUrl: url,
    };
  }

  async function clientFor(line: Line): Promise<ExotelClient | null> {
    if (line.kind === 'practice') return practiceClient;
    const { host, accountSid } = parts.settings();
    if (lineKey(line) !== lineKey({ kind: 'account', host, accountSid })) return null;
    const client = await account();
    return 'missing' in client ? null : client;
  }

  async function close(): Promise<void> {
    retire(accountClient?.client);
    retire(practiceClient);
    await Promise.allSettled(retired);
  }

  return { current, clientFor, account, close };
}
