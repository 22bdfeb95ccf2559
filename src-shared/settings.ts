import { z } from 'zod';
import { defaultAccelerator } from './accelerator.ts';
import { type Door, doors, flowsSchema } from './flow.ts';
import { repPhoneSchema } from './rep.ts';

/** Exotel's API hosts (exotel-api.md, "Hosts and accounts"), or a proxy or test server of one's own. */
export const knownHosts = ['api.in.exotel.com', 'api.exotel.com', 'twilix.exotel.in'] as const;

/** `twilix.exotel.in` is the legacy host: seed's parameters only, and the older form of a flow's Url. */
export function isLegacyHost(host: string): boolean {
  return host === 'twilix.exotel.in';
}

const hostSchema = z.union(
  [
    z.enum(knownHosts),
    z
      .url({ protocol: /^https?$/ })
      // The check before does not stop this one from seeing what is no URL.
      .refine((url) => URL.parse(url)?.origin === url.replace(/\/$/, ''))
      .transform((url) => new URL(url).origin),
  ],
  {
    error:
      'Choose one of the hosts of Exotel, or write http(s)://host or http(s)://host:port with nothing after it.',
  },
);

const accountSidSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{0,100}$/, 'An account Sid has letters, digits, - and _.');

/** 32 hex digits; empty: not made yet. */
const doorSecret = z
  .string()
  .regex(/^([0-9a-f]{32})?$/)
  .default('');

/** `HH:mm`, 24 hours, IST. */
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write the time as HH:mm, for example 09:00.');
/** The same, or the day's own end. */
const endOfHours = z.union([timeOfDay, z.literal('24:00')]);

/** A window's place on the desktop, in its pixels. */
const placeSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
});

/**
 * Everything the Settings screen keeps, except secrets (those are in the OS keychain). One schema for the file,
 * the contract and the environment; a default for each, so that an empty file is a whole configuration.
 */
export const settingsSchema = z.strictObject({
  /** Where calls go: the practice line inside the app, or the Exotel account. */
  line: z.enum(['practice', 'account']).default('practice'),
  host: hostSchema.default('api.in.exotel.com'),
  accountSid: accountSidSchema.default(''),
  /** Others dial through this account too: a call found by number and time may be theirs, and is confirmed by the rep. */
  accountShared: z.boolean().default(false),
  /** The ExoPhone that customers see, as Exotel writes it. */
  callerId: z.string().trim().max(20).default(''),
  /** The flows that the rep dials with; empty on the practice line: its own samples. */
  flows: flowsSchema.default([]),
  /** The id of the default one; another text: the first. */
  defaultFlowId: z.string().max(60).default(''),
  /** How a flow's Url is written from its app id: as the host's generation wants it, or always one way. */
  flowUrlForm: z.enum(['by-host', 'legacy', 'today']).default('by-host'),
  /** The secret in each path that is pasted into flows: data, shown, replaceable. Made at the first start. */
  doorSecrets: z
    .strictObject(
      Object.fromEntries(doors.map((door) => [door, doorSecret])) as Record<Door, typeof doorSecret>,
    )
    .prefault({}),
  /** The rep's phones. */
  phones: z.array(repPhoneSchema).max(10).default([]),
  /** E.164 of the one that rings; another text: the first. */
  phoneInUse: z.string().max(20).default(''),
  /** The rep said Away: a restart does not make them ready. */
  away: z.boolean().default(false),
  /** Whether Exotel records a call that rings the rep first, and how. A flow says so itself. */
  ringMeFirstRecording: z.enum(['off', 'single', 'dual']).default('off'),
  /** Audio that the rep hears meanwhile, as a web address; empty: Exotel's own. */
  ringMeFirstWaitUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]).default(''),
  /** What a call can come to, in the order of the keys 1 to 9. `doNotCall`: the number is put on do-not-call too. */
  outcomes: z
    .array(z.strictObject({ name: z.string().trim().min(1).max(40), doNotCall: z.boolean() }))
    .max(9)
    .default([
      { name: 'Interested', doNotCall: false },
      { name: 'Call back', doNotCall: false },
      { name: 'Not now', doNotCall: false },
      { name: 'Wrong number', doNotCall: false },
      { name: 'No decision', doNotCall: false },
      { name: 'Do not call', doNotCall: true },
    ]),
  /** How the customer's number is written to Exotel: with 0 or STD code (the seed's form), or as E.164. */
  numberForm: z.enum(['national', 'e164']).default('national'),
  /** Seconds after which Exotel cuts the call; at most 4 h. */
  timeLimitSeconds: z.int().min(1).max(14_400).default(3600),
  /** Seconds of ringing for each leg; at most 60 (TRAI). */
  timeOutSeconds: z.int().min(1).max(60).default(45),
  /** The rep's own text at the end of CustomField; Flowdial's part before it takes up to 66 of 128 characters. */
  customField: z.string().max(60).default(''),
  /** Asks today's hosts for a StatusCallback when the customer answers too, and for its wider payload. */
  statusCallbackEvents: z.boolean().default(false),
  /** Country that a number without a country code belongs to. */
  country: z.literal('IN').default('IN'),
  /** How Exotel reaches this computer with StatusCallbacks. */
  tunnel: z.enum(['none', 'ngrok', 'url']).default('none'),
  /** Public base URL of your own, https, for `tunnel: 'url'`. */
  tunnelUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]).default(''),
  /** The account's fixed ngrok domain; empty: ngrok picks one. */
  ngrokDomain: z
    .string()
    .trim()
    .regex(/^([a-z0-9.-]+\.[a-z]+)?$/i, 'Write the domain only, without https://.')
    .default(''),
  /** Port of the callback server on 127.0.0.1; 0: any free one. */
  callbackPort: z.int().min(0).max(65_535).default(0),
  /** Sales calls: 09:00 to 21:00 IST, none started in the last 15 minutes (TRAI; exotel-api.md). A warning. */
  callingHoursFrom: timeOfDay.default('09:00'),
  callingHoursUntil: endOfHours.default('20:45'),
  /** The same number within this many seconds asks first. */
  askAgainSeconds: z.int().min(0).max(3600).default(15),
  /** A number called within so many hours asks first; 0: never. */
  recentHours: z.int().min(0).max(168).default(4),
  /** The n-th call of a day to one number asks first: spam filters count (exotel-api.md, "Rules"); 0: never. */
  callsADay: z.int().min(0).max(100).default(3),
  /** The global shortcut that opens the dial card, as Electron writes it; empty: none. */
  hotkey: z.string().max(100).default(defaultAccelerator),
  /** A press of the hotkey calls at once, after 2 s to undo, where one number is found and nothing speaks against it. */
  callAtOnce: z.boolean().default(false),
  /** Offers the action that reads the clipboard. The hotkey never does. */
  readClipboard: z.boolean().default(false),
  /** Closing the window leaves the program in the tray, so that the hotkey and calls go on. */
  closeToTray: z.boolean().default(true),
  /** A compact view of running calls above all other windows. */
  callStrip: z.boolean().default(false),
  /** Nothing is notified; what happened is in the history. */
  doNotDisturb: z.boolean().default(false),
  /** What is notified. */
  notify: z
    .strictObject({
      onTheLine: z.boolean().default(true),
      talked: z.boolean().default(true),
      missed: z.boolean().default(true),
      notReached: z.boolean().default(true),
      failed: z.boolean().default(true),
    })
    .prefault({}),
  /** Where the window was, to be there again. */
  windowPlace: placeSchema.nullable().default(null),
  /** Where the call strip was. */
  stripPlace: placeSchema.nullable().default(null),
  /** Name written beside what this rep does (do-not-call entries). Empty: the system's user name. */
  repName: z.string().trim().max(200).default(''),
  welcomeDone: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;

export const settingNames = Object.keys(settingsSchema.shape) as readonly SettingName[];

/** What an empty file means. */
export const defaultSettings: Settings = settingsSchema.parse({});

/** The secrets that Flowdial keeps in the OS keychain. The renderer can set one, never read one. */
export const secretNames = ['exotelApiKey', 'exotelApiToken', 'ngrokAuthtoken'] as const;
export const secretNameSchema = z.enum(secretNames);
export type SecretName = z.infer<typeof secretNameSchema>;
