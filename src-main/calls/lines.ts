import { type Line, lineKey } from '../../src-shared/call-events.ts';
import type { Verdict } from '../../src-shared/contract/calls.ts';
import type { Flow } from '../../src-shared/flow.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { AccountKeys, Secrets } from '../credentials/secrets.ts';
import type { ExotelAccount, ExotelClient } from '../exotel/client.ts';
import { accountLine } from './line-of.ts';
import { flowUrl, originOf } from '../exotel/hosts.ts';
import { practiceFlowUrl } from '../flows.ts';
import type { Log } from '../ports.ts';
import type { PracticeLine } from '../practice-line/practice-line.ts';

/** The line that calls go to now, with what each call on it carries. */
export interface OpenLine {
  readonly line: Line;
  readonly client: ExotelClient;
  readonly callerId: string;
  /** Empty for a call to no flow. */
  readonly flowUrl: string;
}

/** What must be filled in before the account's line can dial. */
export type Missing = Verdict['missing'];

/** Knows the practice line and the account's line, and who to ask about a call of either. */
export interface Lines {
  /** The line in use for a call with this flow, or to none (`ring-me-first`), or what it lacks; null: none is set up. */
  current(flow: Flow | 'ring-me-first' | null): Promise<OpenLine | { readonly missing: Missing }>;
  /** The same without what a call carries: that of one that was placed before is agreed. */
  inUse(): Promise<Pick<OpenLine, 'line' | 'client'> | { readonly missing: Missing }>;
  /**
   * The client for a call's own line, also where another account is set up now; null where its keys are not known any
   * more.
   */
  clientFor(line: Line): Promise<ExotelClient | null>;
  /** The keys that a request of this line was just sent with are kept for asking later. `accepted`: Exotel took them. */
  keepKeys(line: Line, accepted: boolean): void;
  /** The account's client, whatever line is in use, or what it lacks: to test it. */
  account(): Promise<ExotelClient | { readonly missing: Missing }>;
  /** Closes every client; requests under way are given up. */
  close(): Promise<void>;
}

export function createLines(parts: {
  readonly settings: () => Settings;
  readonly secrets: Secrets;
  readonly practiceLine: PracticeLine;
  readonly log: Log;
  /** `line` is the `lineKey` of its calls. */
  readonly createClient: (account: ExotelAccount, line: string) => ExotelClient;
}): Lines {
  const practiceClient = parts.createClient(parts.practiceLine.account, lineKey({ kind: 'practice' }));
  let accountClient: {
    readonly key: string;
    readonly line: string;
    readonly keys: AccountKeys;
    readonly client: ExotelClient;
  } | null = null;
  /** Clients of accounts that were set up before, by `lineKey`. */
  const earlier = new Map<string, ExotelClient>();
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
      const { apiKey, apiToken } = account;
      const client = parts.createClient(account, lineKey(line));
      accountClient = { key, line: lineKey(line), keys: { apiKey, apiToken }, client };
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
    const line = accountLine({ host, accountSid });
    return clientOf({ origin: originOf(host), accountSid, apiKey, apiToken }, line);
  }

  async function inUse(): Promise<Pick<OpenLine, 'line' | 'client'> | { readonly missing: Missing }> {
    const settings = parts.settings();
    if (settings.line === 'practice') return { line: { kind: 'practice' }, client: practiceClient };
    const client = await account();
    return 'missing' in client ? client : { line: accountLine(settings), client };
  }

  async function current(
    flow: Flow | 'ring-me-first' | null,
  ): Promise<OpenLine | { readonly missing: Missing }> {
    const settings = parts.settings();
    const open = await inUse();
    const isPractice = settings.line === 'practice';
    const own = flow === 'ring-me-first' || flow === null ? '' : flow.exoPhone;
    const callerId = isPractice ? parts.practiceLine.callerId : own || settings.callerId;
    const url = flow === 'ring-me-first' ? '' : flow === null ? null : urlOf(flow, settings);
    const missing: Missing = [
      ...('missing' in open ? open.missing : []),
      ...(callerId === '' ? (['callerId'] as const) : []),
      ...(url === null ? (['flow'] as const) : []),
    ];
    if ('missing' in open || url === null || missing.length > 0) return { missing };
    return { ...open, callerId, flowUrl: url };
  }

  function urlOf(flow: Flow, settings: Settings): string | null {
    if (settings.line === 'practice') return practiceFlowUrl(flow, settings);
    const { host, accountSid, flowUrlForm: form } = settings;
    return flowUrl({ host, accountSid, form, appId: flow.appId, url: flow.url });
  }

  async function clientFor(line: Line): Promise<ExotelClient | null> {
    if (line.kind === 'practice') return practiceClient;
    if (lineKey(line) === lineKey(accountLine(parts.settings()))) {
      const client = await account();
      if (!('missing' in client)) return client;
    }
    return earlierClient(line);
  }

  async function earlierClient(line: Extract<Line, { kind: 'account' }>): Promise<ExotelClient | null> {
    const key = lineKey(line);
    const open = earlier.get(key);
    if (open !== undefined) return open;
    const keys = await parts.secrets.keptAccount(key);
    if (keys === null) return null;
    const client = parts.createClient(
      { origin: originOf(line.host), accountSid: line.accountSid, ...keys },
      key,
    );
    earlier.set(key, client);
    return client;
  }

  function keepKeys(line: Line, accepted: boolean): void {
    const key = lineKey(line);
    if (accountClient?.line !== key) return;
    const { keys } = accountClient;
    const keep = async () => {
      // Keys that Exotel took are not given up for such as it may refuse.
      if (accepted || (await parts.secrets.keptAccount(key)) === null) {
        await parts.secrets.keepAccount(key, keys);
      }
    };
    keep().catch((error: unknown) =>
      parts.log.warn('the keys of the account could not be kept for later', { error: String(error) }),
    );
  }

  async function close(): Promise<void> {
    retire(accountClient?.client);
    retire(practiceClient);
    for (const client of earlier.values()) retire(client);
    await Promise.allSettled(retired);
  }

  return { current, inUse, clientFor, keepKeys, account, close };
}
