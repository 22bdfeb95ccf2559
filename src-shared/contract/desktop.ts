import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

/** A number that the dial card offers. */
const cardNumberSchema = z.strictObject({
  e164: z.string(),
  /** As it stood in the text. */
  entered: z.string(),
  /** As people say it. */
  text: z.string(),
  /** Exotel can ring it: toll-free and other special numbers it cannot. */
  callable: z.boolean(),
  /** Digits that the board wants afterwards, which Exotel cannot press; null: none. */
  extension: z.string().nullable(),
});

/** What the dial card shows: whom the person may mean, never a call by itself. */
export const dialCardSchema = z.strictObject({
  /** Of this card: another card is another press. */
  id: z.uuid(),
  source: z.enum(['hotkey', 'link', 'clipboard', 'page']),
  found: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('numbers'),
      numbers: z.array(cardNumberSchema).min(1).max(9),
      /** How many further numbers the text holds. */
      more: z.int().nonnegative(),
    }),
    /** `read`: what was read, shortened and safe to show. */
    z.strictObject({ kind: z.literal('no-number'), read: z.string() }),
    z.strictObject({
      kind: z.literal('nothing-read'),
      why: z.enum(['empty', 'no-native', 'no-permission', 'crashed', 'timed-out']),
    }),
    /** A link that holds no number to dial, and why. */
    z.strictObject({
      kind: z.literal('bad-link'),
      problem: z.enum([
        'no-link',
        'too-long',
        'malformed',
        'unknown-action',
        'option',
        'code',
        'several-numbers',
        'no-number',
      ]),
      read: z.string(),
    }),
  ]),
  /** A flow that a `flowdial:` link names: its id, key or name as it stands there; null: none. */
  flow: z.string().max(60).nullable(),
  /** The hotkey found one number, and the setting says so: it is called after 2 s to undo, where nothing speaks against it. */
  callAtOnce: z.boolean(),
  /** Links that came with or right after this one and were not opened. */
  heldBack: z.int().nonnegative(),
});
export type DialCardView = z.infer<typeof dialCardSchema>;

/** A notification, as the core decided it. The shell shows it: natively, or by the page. */
export const noteSchema = z.strictObject({
  id: z.string().max(100),
  kind: z.enum(['on-the-line', 'ended', 'several']),
  /** Names are as long as 200 (contact.ts). */
  title: z.string().max(300),
  body: z.string().max(1000),
  /** Where a click leads; null: the history. */
  callId: z.uuid().nullable(),
  /** What its buttons do, where the system has some. */
  actions: z.array(z.enum(['call-again', 'add-note'])).max(2),
  /** It stands until it is dealt with. */
  urgent: z.boolean(),
});
export type Note = z.infer<typeof noteSchema>;

export const desktopStateSchema = z.strictObject({
  hotkey: z.strictObject({
    /** Electron's writing; empty: none. */
    accelerator: z.string(),
    /** `page`: acts within the window only (browser shell). `unproven`: registered, and not pressed yet in this run. */
    state: z.enum(['off', 'page', 'unproven', 'proven', 'taken', 'reserved']),
    /** ms UTC of its last press in this run. */
    pressedAt: z.int().nullable(),
  }),
  /** Whether this program opens links of these kinds; null: this shell cannot tell. */
  links: z.array(
    z.strictObject({ scheme: z.enum(['tel', 'callto', 'flowdial']), ours: z.boolean().nullable() }),
  ),
  /** Null: this shell cannot. */
  startsAtLogin: z.boolean().nullable(),
  /** Who shows notifications. */
  notifications: z.enum(['system', 'page', 'none']),
});
export type DesktopState = z.infer<typeof desktopStateSchema>;

/** Where a window is to go: a click outside it leads there. */
export const destinationSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('call'), callId: z.uuid(), note: z.boolean() }),
  z.strictObject({ to: z.literal('dial'), number: z.string().nullable() }),
  z.strictObject({ to: z.literal('history') }),
  z.strictObject({ to: z.literal('contacts') }),
  z.strictObject({ to: z.literal('settings'), page: z.string().max(40) }),
]);
export type Destination = z.infer<typeof destinationSchema>;

const notStored = { NOT_STORED: { data: z.strictObject({ problem: z.string() }) } };

export const desktop = {
  /** The state now, and after every change. */
  state: oc.output(eventIterator(desktopStateSchema)),
  /** The dial card now (null: none), and after every change. */
  card: oc.output(eventIterator(dialCardSchema.nullable())),
  /** Opens the card on a text: pasted, highlighted in the page, or out of `?dial=`. */
  openCard: oc.input(z.strictObject({ text: z.string().max(20_000) })).output(dialCardSchema),
  /** Opens the card on what the page was given as a link (`/link?to=`). */
  openLink: oc.input(z.strictObject({ link: z.string().max(4096) })).output(dialCardSchema.nullable()),
  /** Opens the card on the clipboard's text: only by this action, and only where the setting allows it. */
  openClipboard: oc.output(dialCardSchema).errors({ OFF: {}, NO_CLIPBOARD: {} }),
  /** The person is done with this card. */
  closeCard: oc.input(z.strictObject({ id: z.uuid() })),
  /** Registers another hotkey; empty: none. What stood before stays where it cannot be had. */
  setHotkey: oc
    .input(z.strictObject({ accelerator: z.string().max(100) }))
    .output(desktopStateSchema)
    .errors({
      ...notStored,
      /** `problem` and `use`: accelerator.ts. */
      REFUSED: { data: z.strictObject({ problem: z.string(), use: z.string() }) },
      /** Another program has it. */
      TAKEN: {},
    }),
  setStartsAtLogin: oc
    .input(z.strictObject({ starts: z.boolean() }))
    .output(desktopStateSchema)
    .errors({ UNAVAILABLE: {} }),
  /** Asks the system to open links of this kind with this program; where only a person can say so, opens its page for that. */
  claimLinks: oc
    .input(z.strictObject({ scheme: z.enum(['tel', 'callto', 'flowdial']) }))
    .output(desktopStateSchema)
    .errors({ UNAVAILABLE: {} }),
  /** Notifications from now on; a page shows them where `state.notifications` is `page`. */
  notes: oc.output(eventIterator(noteSchema)),
  /** A notification, or one of its buttons, was clicked in the page. */
  noteClicked: oc.input(
    z.strictObject({ id: z.string().max(100), action: z.enum(['open', 'call-again', 'add-note']) }),
  ),
  /** A small window (card, strip) leads there: the main one comes to the front. */
  goTo: oc.input(destinationSchema),
  /** Where the windows are to go, from now on. */
  destinations: oc.output(eventIterator(destinationSchema)),
};
