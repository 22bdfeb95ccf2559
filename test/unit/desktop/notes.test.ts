import { describe, expect, it } from 'vitest';
import { createNotes } from '../../../src-main/desktop/notes.ts';
import type { StoredCall } from '../../../src-main/storage/storage.ts';
import { type Note, noteSchema } from '../../../src-shared/contract/desktop.ts';
import { defaultSettings, type Settings } from '../../../src-shared/settings.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { callOf, connectAsked, idOf, passthru, repLeg, reported, sent } from '../../support/sample-calls.ts';

type Change = Partial<Omit<Settings, 'notify'>> & { readonly notify?: Partial<Settings['notify']> };

function open() {
  const clock = createFakeClock();
  let settings = defaultSettings;
  const shown: Note[] = [];
  const closed: string[] = [];
  const notes = createNotes({
    clock,
    settings: () => settings,
    show: (note) => shown.push(noteSchema.parse(note)),
    close: (id) => closed.push(id),
  });
  const follow = (...calls: readonly StoredCall[]) => {
    for (const call of calls) notes.follow(call);
  };
  return {
    notes,
    clock,
    shown,
    closed,
    follow,
    set: ({ notify, ...change }: Change) => {
      settings = { ...settings, ...change, notify: { ...settings.notify, ...notify } };
    },
    /** Lets those that end together be told. */
    settle: () => clock.advance(1500),
  };
}

const out = callOf([sent]);
const waits = callOf([sent, connectAsked()]);
const talks = callOf([sent, connectAsked(), repLeg('answered')]);
const talked = callOf([sent, connectAsked(), repLeg('answered', 15), reported('completed', 145)]);
const missed = callOf([sent, connectAsked(), passthru('missed'), reported('completed')]);
const unknown = callOf([sent, reported('completed')]);

describe('a customer on the line', () => {
  it('is told once, urgently, with what to do', () => {
    const { shown, follow } = open();
    follow(out, waits, waits);
    expect(shown).toEqual([
      {
        id: `line ${idOf(1)}`,
        kind: 'on-the-line',
        title: 'Priya Nair is on the line',
        body: 'Pick up your phone.',
        callId: idOf(1),
        actions: [],
        urgent: true,
      },
    ]);
  });

  it.each([
    ['the rep picks up', talks],
    ['the rep does not', missed],
    ['they hang up', callOf([sent, connectAsked(), reported('completed')])],
  ])('is told no more once %s', (_, then) => {
    const { closed, follow } = open();
    follow(waits);
    expect(closed).toEqual([]);
    follow(then, then);
    expect(closed).toEqual([`line ${idOf(1)}`]);
  });

  it('without a name is told by the number as people say it', () => {
    const { shown, follow } = open();
    follow(callOf([sent, connectAsked()], { name: null }));
    expect(shown[0]?.title).toBe('+91 98450 12345 is on the line');
  });

  it('is not told where Connect was answered with nobody', () => {
    const { shown, follow } = open();
    follow(callOf([sent, connectAsked(10, 'away')]));
    expect(shown).toEqual([]);
  });
});

describe('the end of a call', () => {
  it.each([
    ['Talked 2 min 10 s', talked],
    ['You missed it: waited 30 s', missed],
    ['Completed, conversation unknown', unknown],
    ['No answer', callOf([sent, reported('no-answer')])],
    ['Busy', callOf([sent, reported('busy')])],
    ['The call failed', callOf([sent, reported('failed')])],
  ])('tells who, whether they talked, how long: %s', async (body, ended) => {
    const { shown, follow, settle } = open();
    follow(out, ended);
    await settle();
    expect(shown).toEqual([
      {
        id: `end ${idOf(1)}`,
        kind: 'ended',
        title: 'Priya Nair',
        body,
        callId: idOf(1),
        actions: ['call-again', 'add-note'],
        urgent: false,
      },
    ]);
  });

  it('is told once, whatever is learnt of its price or written of it', async () => {
    const { shown, follow, settle } = open();
    follow(out, talked);
    await settle();
    const at = talked.call.updatedAt;
    follow(
      callOf([
        sent,
        connectAsked(),
        repLeg('answered', 15),
        reported('completed', 145),
        { type: 'noted', at, text: 'x' },
      ]),
    );
    follow(talked);
    await settle();
    expect(shown).toHaveLength(1);
  });

  it('that lies before this run is not told because something is written of it', async () => {
    const { shown, follow, settle } = open();
    const at = talked.call.updatedAt;
    follow(callOf([sent, reported('completed'), { type: 'outcome', at, outcome: 'Interested' }]));
    await settle();
    expect(shown).toEqual([]);
  });

  it('is told better where the conversation is learnt late, in the place of what was told', async () => {
    const { shown, follow, settle } = open();
    follow(out, unknown);
    await settle();
    follow(callOf([sent, reported('completed'), repLeg('ended', 90, 25)]));
    await settle();
    expect(shown.map(({ id, body }) => [id, body])).toEqual([
      [`end ${idOf(1)}`, 'Completed, conversation unknown'],
      [`end ${idOf(1)}`, 'Talked 25 s'],
    ]);
  });

  it('that is learnt better before it was told is told once', async () => {
    const { shown, follow, settle } = open();
    follow(out, unknown, callOf([sent, reported('completed'), repLeg('ended', 90, 25)]));
    await settle();
    expect(shown.map(({ body }) => body)).toEqual(['Talked 25 s']);
  });

  it('in doubt is told as that, and again when the proof comes', async () => {
    const { shown, follow, settle } = open();
    const reason = {
      code: 'connection-lost',
      customerCalled: 'perhaps',
      httpStatus: null,
      message: '',
    } as const;
    const doubted = { type: 'doubted', at: out.call.updatedAt, reason } as const;
    follow(out, callOf([sent, doubted]));
    await settle();
    follow(callOf([sent, doubted, reported('in-progress')]));
    follow(callOf([sent, doubted, reported('in-progress'), reported('busy')]));
    await settle();
    expect(shown.map(({ body }) => body)).toEqual(['Unconfirmed: may have been called', 'Busy']);
  });

  it('of a call that was taken off the queue is not told', async () => {
    const { shown, follow, settle, clock } = open();
    follow(callOf([]), callOf([{ type: 'withdrawn', at: out.call.updatedAt }]));
    await settle();
    expect(shown).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it('is told with names as long as people make them', async () => {
    const { shown, follow, settle } = open();
    const name = '👨‍👩‍👧‍👦'.repeat(18);
    for (const n of [1, 2, 3, 4, 5]) {
      follow(callOf([sent], { n, name }), callOf([sent, reported('busy')], { n, name }));
    }
    follow(callOf([sent, connectAsked()], { n: 6, name: 'x'.repeat(200) }));
    await settle();
    expect(shown).toHaveLength(2);
  });
});

describe('calls that end together', () => {
  it('are told together: how many, who, how many talked', async () => {
    const { shown, follow, clock } = open();
    const name = (n: number) => `Customer ${n}`;
    for (const n of [1, 2, 3, 4, 5, 6]) {
      follow(callOf([sent], { n, name: name(n) }));
      const end = n === 1 ? [repLeg('answered'), reported('completed')] : [reported('no-answer')];
      follow(callOf([sent, ...end], { n, name: name(n) }));
      await clock.advance(200);
    }
    await clock.advance(1500);
    expect(shown).toEqual([
      {
        id: `ends ${idOf(1)}`,
        kind: 'several',
        title: '6 calls finished, 1 talked',
        body: 'Customer 1, Customer 2, Customer 3, Customer 4 and 2 more',
        callId: null,
        actions: [],
        urgent: false,
      },
    ]);
  });

  it('are told apart where more than 1.5 s lie between', async () => {
    const { shown, follow, settle } = open();
    follow(out, talked);
    await settle();
    follow(callOf([sent], { n: 2 }), callOf([sent, reported('busy')], { n: 2 }));
    await settle();
    expect(shown.map(({ kind }) => kind)).toEqual(['ended', 'ended']);
  });
});

describe('settings', () => {
  it('do not disturb silences everything', async () => {
    const { shown, follow, settle, set } = open();
    set({ doNotDisturb: true });
    follow(out, waits, talked);
    await settle();
    expect(shown).toEqual([]);
  });

  it('do not disturb holds for an end that was about to be told', async () => {
    const { shown, follow, settle, set } = open();
    follow(out, talked);
    set({ doNotDisturb: true });
    await settle();
    expect(shown).toEqual([]);
  });

  it.each([
    ['onTheLine', waits],
    ['talked', talked],
    ['missed', missed],
    ['notReached', callOf([sent, reported('no-answer')])],
    ['failed', callOf([sent, reported('failed')])],
  ] as const)('%s off: it is not told, the others are', async (what, call) => {
    const { shown, follow, settle, set } = open();
    set({ notify: { [what]: false } });
    follow(out, call);
    await settle();
    expect(shown).toEqual([]);
    const other = what === 'notReached' ? 'failed' : 'busy';
    follow(callOf([sent], { n: 2 }), callOf([sent, reported(other)], { n: 2 }));
    await settle();
    expect(shown).toHaveLength(1);
  });

  it('an end that turns out to be one not told is not told as what it seemed', async () => {
    const { shown, follow, settle, set } = open();
    set({ notify: { missed: false } });
    follow(out, unknown, callOf([sent, reported('completed'), passthru('missed', { after: 90 })]));
    await settle();
    expect(shown).toEqual([]);
  });
});

describe('a click', () => {
  it.each([
    ['open', { to: 'call', callId: idOf(1), note: false }],
    ['add-note', { to: 'call', callId: idOf(1), note: true }],
    ['call-again', { to: 'dial', number: '+919845012345' }],
  ] as const)('(%s) leads to what was told', async (action, destination) => {
    const { notes, follow, settle } = open();
    follow(out, talked);
    await settle();
    expect(notes.clicked(`end ${idOf(1)}`, action)).toEqual(destination);
  });

  it('on a customer on the line leads to that call', () => {
    const { notes, follow } = open();
    follow(waits);
    expect(notes.clicked(`line ${idOf(1)}`, 'open')).toEqual({ to: 'call', callId: idOf(1), note: false });
  });

  it('on several leads to the history', async () => {
    const { notes, follow, settle } = open();
    follow(out, talked, callOf([sent], { n: 2 }), callOf([sent, reported('busy')], { n: 2 }));
    await settle();
    expect(notes.clicked(`ends ${idOf(1)}`, 'open')).toEqual({ to: 'history' });
  });

  it('on what was never shown leads nowhere', () => {
    expect(open().notes.clicked('end nobody', 'open')).toBeNull();
  });
});

it('stopping tells nothing more', async () => {
  const { notes, shown, follow, settle, clock } = open();
  follow(out, talked);
  notes.stop();
  expect(clock.timers).toBe(0);
  await settle();
  expect(shown).toEqual([]);
});
