import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { flowsSchema } from '../src-shared/flow.ts';
import { parseDialable } from '../src-shared/phone-number.ts';
import {
  knownHosts,
  type SecretName,
  type SettingName,
  type Settings,
  settingNames,
  settingsSchema,
} from '../src-shared/settings.ts';

/** What the environment has set: these win over the Settings screen, which shows them as locked. */
export interface Provisioning {
  readonly settings: Partial<Settings>;
  readonly secrets: Partial<Record<SecretName, string>>;
  /** What follows from the rest, until a person chooses otherwise: the line, where a whole account is set. */
  readonly suggested: Partial<Settings>;
  /** Requests in a minute that Exotel allows the account; absent: Exotel's own figure. */
  readonly rateLimit?: number;
  /** What was not taken, or is unsafe: in words for a person, with the variable's name and never its value. */
  readonly problems: readonly string[];
}

/** Variables that are one setting each, and what they must hold. */
const settingVariables = {
  FLOWDIAL_EXOTEL_HOST: ['host', `one of ${knownHosts.join(', ')}, or http(s)://host:port`],
  FLOWDIAL_ACCOUNT_SID: ['accountSid', 'the account sid: letters, digits, - and _'],
  FLOWDIAL_CALLER_ID: ['callerId', 'one ExoPhone'],
  FLOWDIAL_NGROK_DOMAIN: ['ngrokDomain', 'a domain, without https://'],
  FLOWDIAL_CALLBACK_PORT: ['callbackPort', 'a port, 0 to 65535'],
} as const satisfies Record<string, readonly [SettingName, string]>;

/** Each can also be given as `<name>_FILE`: a path, mode 0600, which is the better way. */
const secretVariables = {
  FLOWDIAL_API_KEY: 'exotelApiKey',
  FLOWDIAL_API_TOKEN: 'exotelApiToken',
  FLOWDIAL_NGROK_AUTHTOKEN: 'ngrokAuthtoken',
} as const satisfies Record<string, SecretName>;

/** As a person may enter it in Settings; nothing that could break out of a header. */
const secretSchema = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[\x21-\x7e]+$/);

const rateLimitSchema = z
  .string()
  .regex(/^\d+$/)
  .transform(Number)
  .pipe(z.int().min(1).max(100_000))
  .optional();

/** A key or token is short: what is larger is another file. */
const maxSecretFileBytes = 4096;

/**
 * Takes what IT roll-out, kiosks and tests have set, out of the environment: afterwards no child process can inherit
 * it. An empty variable counts as not set; one that is no good is left out and told. An account with sid and token is
 * whole, and is the line until a person switches to the practice line.
 */
export function takeProvisioning(env: NodeJS.ProcessEnv): Provisioning {
  const problems: string[] = [];
  // Checked one by one below; whole and typed only at the end.
  const found: Partial<Record<SettingName, unknown>> = {};
  const secrets: Partial<Record<SecretName, string>> = {};

  function take(variable: string): string | undefined {
    const text = env[variable]?.trim();
    delete env[variable];
    return text === '' ? undefined : text;
  }

  function takeSetting(variable: string, setting: SettingName, value: unknown, mustBe: string): void {
    if (value === undefined) return;
    const read = settingsSchema.shape[setting].safeParse(value);
    if (read.success) found[setting] = read.data;
    else problems.push(`${variable} is not used: it must be ${mustBe}.`);
  }

  for (const [variable, [setting, mustBe]] of Object.entries(settingVariables)) {
    const text = take(variable);
    const isPort = setting === 'callbackPort' && text !== undefined && /^\d+$/.test(text);
    takeSetting(variable, setting, isPort ? Number(text) : text, mustBe);
  }

  const tunnel = take('FLOWDIAL_TUNNEL');
  if (tunnel === 'ngrok' || tunnel === 'none') found.tunnel = tunnel;
  else takeSetting('FLOWDIAL_TUNNEL', 'tunnelUrl', tunnel, 'ngrok, none, or a public base URL');
  if (found.tunnelUrl !== undefined) found.tunnel = 'url';

  takeRep(take('FLOWDIAL_REP_NUMBER'), found, problems);
  takeFlows(take('FLOWDIAL_FLOWS'), take('FLOWDIAL_APP_ID'), found, problems);

  const rateLimit = rateLimitSchema.safeParse(take('FLOWDIAL_RATE_LIMIT'));
  if (!rateLimit.success) {
    problems.push('FLOWDIAL_RATE_LIMIT is not used: it must be the calls in a minute, 1 to 100000.');
  }

  for (const [variable, secret] of Object.entries(secretVariables)) {
    const direct = take(variable);
    const fileVariable = `${variable}_FILE`;
    const file = take(fileVariable);
    if (direct !== undefined && file !== undefined) {
      problems.push(`${variable} is not used, because ${fileVariable} is set too.`);
    }
    const text = file === undefined ? direct : readSecretFile(fileVariable, file, problems);
    if (text === undefined) continue;
    const read = secretSchema.safeParse(text);
    if (read.success) secrets[secret] = read.data;
    else
      problems.push(
        `${file === undefined ? variable : fileVariable} is not used: it does not hold one key or token.`,
      );
  }

  const accountIsWhole = found.accountSid !== undefined && secrets.exotelApiToken !== undefined;
  const whole = settingsSchema.parse(found);
  const settings: Partial<Settings> = {};
  for (const name of settingNames) if (found[name] !== undefined) copy(name, whole, settings);
  return {
    settings,
    secrets,
    suggested: accountIsWhole ? { line: 'account' } : {},
    ...(rateLimit.data === undefined ? {} : { rateLimit: rateLimit.data }),
    problems,
  };
}

/** The rep's phone, in any writing that people use. */
function takeRep(
  text: string | undefined,
  found: Partial<Record<SettingName, unknown>>,
  problems: string[],
): void {
  if (text === undefined) return;
  const { e164 } = parseDialable(text, 'IN');
  if (e164 === null) problems.push('FLOWDIAL_REP_NUMBER is not used: it must be one phone number.');
  else found.phones = [{ label: '', number: e164 }];
}

/** All flows, or the one of an app id: it rings the rep where their phone is known, else it speaks by itself. */
function takeFlows(
  json: string | undefined,
  appId: string | undefined,
  found: Partial<Record<SettingName, unknown>>,
  problems: string[],
): void {
  if (json !== undefined) {
    if (appId !== undefined) problems.push('FLOWDIAL_APP_ID is not used, because FLOWDIAL_FLOWS is set too.');
    const read = flowsSchema.safeParse(parseJson(json));
    if (read.success) found.flows = read.data;
    else problems.push(`FLOWDIAL_FLOWS is not used: ${z.prettifyError(read.error).split('\n').join(' ')}.`);
    return;
  }
  if (appId === undefined) return;
  const kind = found.phones === undefined ? 'automated' : 'rings-me';
  const read = flowsSchema.safeParse([{ id: 'default', name: 'Flow', kind, appId, key: 1 }]);
  if (read.success) found.flows = read.data;
  else problems.push('FLOWDIAL_APP_ID is not used: it must be the number of a flow.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function copy<K extends SettingName>(name: K, from: Settings, to: Partial<Settings>): void {
  to[name] = from[name];
}

function readSecretFile(variable: string, file: string, problems: string[]): string | undefined {
  try {
    const { mode, size } = statSync(file);
    if (size > maxSecretFileBytes) {
      problems.push(`${variable} is not used: its file is too large for a key or token.`);
      return undefined;
    }
    // Windows has no such bits; there the folder's own rights count.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      problems.push(`${variable}: others on this computer can read the file. Set its mode to 0600.`);
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    problems.push(`${variable} is not used: its file cannot be read (${code}).`);
    return undefined;
  }
}
