import { describe, expect, it } from 'vitest';
import { createCardDesk } from '../../../src-main/desktop/card-desk.ts';
import { linksFromArguments } from '../../../src-main/desktop/links.ts';
import type { SelectionRead } from '../../../src-main/ports.ts';
import type { DialCardView } from '../../../src-shared/contract/desktop.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { scriptedDesktop } from '../../support/scripted-desktop.ts';

function open({
  mayCallAtOnce = false,
  read,
}: {
  mayCallAtOnce?: boolean;
  read?: () => Promise<SelectionRead>;
} = {}) {
  const desk = scriptedDesktop();
  const clock = createFakeClock();
  const told: (DialCardView | null)[] = [];
  const logged: string[] = [];
  const card = createCardDesk({
    clock,
    log: { info: () => {}, warn: (message) => logged.push(message), error: () => {} },
    selection: read === undefined ? desk.desktop.selection : { read },
    readClipboard: desk.desktop.readClipboard,
    windows: desk.desktop.windows,
    mayCallAtOnce: () => mayCallAtOnce,
    changed: (next) => told.push(next),
  });
  /** Presses on this highlighted text; the card then. */
  const pressOn = async (text: string) => {
    desk.selection.highlight(text);
    await card.pressed();
    return card.current();
  };
  return { desk, clock, card, told, logged, pressOn };
}

const number = (e164: string) => ({ e164 });

describe('a press of the hotkey', () => {
  it('shows the card with the number that is highlighted', async () => {
    const { pressOn, desk, told, card } = open();
    expect(await pressOn('Priya (Mysuru): +91 (0)98765-43210')).toMatchObject({
      source: 'hotkey',
      found: { kind: 'numbers', numbers: [number('+919876543210')], more: 0 },
      flow: null,
      callAtOnce: false,
      heldBack: 0,
    });
    expect(told).toEqual([card.current()]);
    expect(desk.focused()).toBe('card');
  });

  it('shows several numbers to choose from, never glued together', async () => {
    expect((await open().pressOn('98765 43210 or 91234 56789'))?.found).toMatchObject({
      kind: 'numbers',
      numbers: [number('+919876543210'), number('+919123456789')],
      more: 0,
    });
  });

  it('offers at most nine, a digit key each, and tells of the others', async () => {
    const text = Array.from({ length: 12 }, (_, index) => `98450 123${10 + index}`).join('\n');
    const found = (await open().pressOn(text))?.found;
    expect(found).toMatchObject({ kind: 'numbers', more: 3 });
    expect(found?.kind === 'numbers' && found.numbers).toHaveLength(9);
  });

  it('tells what was read where there is no number', async () => {
    expect((await open().pressOn('Invoice 42 of 2026'))?.found).toEqual({
      kind: 'no-number',
      read: 'Invoice 42 of 2026',
    });
  });

  it('offers nothing of the clipboard where nothing is highlighted', async () => {
    const { card, desk } = open();
    desk.copy('98765 43210');
    await card.pressed();
    expect(card.current()?.found).toEqual({ kind: 'nothing-read', why: 'empty' });
    expect(await desk.desktop.readClipboard()).toBe('98765 43210');
  });

  it.each(['no-native', 'no-permission', 'crashed', 'timed-out'] as const)(
    'tells why nothing could be read: %s',
    async (why) => {
      const { card, desk } = open();
      desk.selection.fail(why);
      await card.pressed();
      expect(card.current()?.found).toEqual({ kind: 'nothing-read', why });
    },
  );

  it('that fires twice, or is held, reads once and shows one card', async () => {
    const { card, desk, clock, told } = open();
    desk.selection.highlight('98765 43210');
    for (let repeat = 0; repeat < 30; repeat++) {
      void card.pressed();
      await clock.advance(33);
    }
    expect(desk.selection.reads).toBe(1);
    expect(told).toHaveLength(1);
  });

  it('while the selection is read reads no second time', async () => {
    const { promise: read, resolve: answer } = Promise.withResolvers<SelectionRead>();
    let reads = 0;
    const { card, clock, told } = open({
      read: () => {
        reads++;
        return read;
      },
    });
    const pressed = card.pressed();
    await clock.advance(1000);
    await card.pressed();
    answer({ kind: 'text', text: '98765 43210', source: 'native' });
    await pressed;
    expect(reads).toBe(1);
    expect(told).toHaveLength(1);
  });

  it('while the card is open brings it to the front as it is', async () => {
    const { card, desk, clock, told, pressOn } = open();
    await pressOn('98765 43210');
    desk.leave();
    await clock.advance(5000);
    const before = card.current();
    await pressOn('91234 56789');
    expect(desk.focused()).toBe('card');
    expect(card.current()).toBe(before);
    expect(desk.selection.reads).toBe(1);
    expect(told).toHaveLength(1);
  });

  it('after the card was closed reads what is highlighted now', async () => {
    const { card, clock, pressOn } = open();
    const first = await pressOn('98765 43210');
    card.close(first?.id ?? '');
    await clock.advance(1000);
    const second = await pressOn('91234 56789');
    expect(second?.found).toMatchObject({ numbers: [number('+919123456789')] });
    expect(second?.id).not.toBe(first?.id);
  });

  it('leaves the next one working where the reader breaks its promise', async () => {
    let reads = 0;
    const { card, clock } = open({
      read: () => {
        reads++;
        return Promise.reject(new Error('broken'));
      },
    });
    await expect(card.pressed()).rejects.toThrow('broken');
    await clock.advance(1000);
    await expect(card.pressed()).rejects.toThrow('broken');
    expect(reads).toBe(2);
  });
});

describe('calling at once', () => {
  it('is offered for one callable number that is highlighted, where it may be', async () => {
    expect(await open({ mayCallAtOnce: true }).pressOn('98765 43210')).toMatchObject({ callAtOnce: true });
    expect(await open({ mayCallAtOnce: false }).pressOn('98765 43210')).toMatchObject({ callAtOnce: false });
  });

  it.each([
    ['two numbers', '98765 43210, 91234 56789'],
    ['a number that Exotel cannot ring', '1800 123 4567'],
    ['a number with an extension, which Exotel cannot press', '080 4719 1234 ext. 12'],
    ['no number', 'Invoice 42 of 2026'],
    ['nothing', ''],
  ])('is not for %s', async (_, text) => {
    expect(await open({ mayCallAtOnce: true }).pressOn(text)).toMatchObject({ callAtOnce: false });
  });

  it('is not for a link, a paste, or the clipboard: nobody highlighted that just now', async () => {
    const { card, desk } = open({ mayCallAtOnce: true });
    desk.copy('98765 43210');
    expect(card.openLink('tel:+919876543210')).toMatchObject({ source: 'link', callAtOnce: false });
    expect(card.openText('98765 43210')).toMatchObject({ source: 'page', callAtOnce: false });
    expect(await card.openClipboard()).toMatchObject({ source: 'clipboard', callAtOnce: false });
  });
});

describe('a link', () => {
  it.each([
    ['tel:+91-80-4719-1234', '+918047191234'],
    ['tel:+91%2098450%2012345', '+919845012345'],
    ['callto:98450-12345', '+919845012345'],
    ['tel:4719-1234;phone-context=+91-80', '+918047191234'],
  ])('%s fills the card', (link, e164) => {
    const { card, desk } = open();
    expect(card.openLink(link)).toMatchObject({
      source: 'link',
      found: { kind: 'numbers', numbers: [number(e164)], more: 0 },
    });
    expect(desk.focused()).toBe('card');
  });

  it('of our own names the flow', () => {
    expect(open().card.openLink('flowdial:dial?number=9845012345&flow=New%20lead')).toMatchObject({
      flow: 'New lead',
      found: { numbers: [number('+919845012345')] },
    });
  });

  it.each([
    ['tel:+91-80-1234', 'no-number'],
    ['tel:*%23062%23', 'code'],
    ['tel:--run', 'option'],
    ['https://example.com', 'no-link'],
    ['flowdial:transfer?number=9845012345', 'unknown-action'],
    ['tel:%zz', 'malformed'],
    [`tel:${'9'.repeat(3000)}`, 'too-long'],
  ])('%s fills nothing, and says why', (link, problem) => {
    const view = open().card.openLink(link);
    expect(view?.found).toMatchObject({ kind: 'bad-link', problem });
    expect(view?.callAtOnce).toBe(false);
  });

  it('that the system hands over twice arrives once', () => {
    const { card, told } = open();
    card.openLink('tel:9845012345');
    expect(card.openLink('tel:9845012345')).toBeNull();
    expect(told).toHaveLength(1);
    expect(card.current()?.heldBack).toBe(0);
  });

  it('one of fifty that a page opens fills the card, and the others are told', async () => {
    const { card, clock, told, logged } = open();
    for (let index = 0; index < 50; index++) {
      card.openLink(`tel:98450123${10 + index}`);
      await clock.advance(20);
    }
    expect(card.current()).toMatchObject({ found: { numbers: [number('+919845012310')] }, heldBack: 49 });
    expect(new Set(told.map((view) => view?.id)).size).toBe(1);
    expect(logged).toHaveLength(49);
  });

  it('after it was quiet fills the card again', async () => {
    const { card, clock } = open();
    card.openLink('tel:9845012345');
    await clock.advance(3000);
    expect(card.openLink('tel:9845012346')).toMatchObject({
      found: { numbers: [number('+919845012346')] },
      heldBack: 0,
    });
  });

  it('that is held back changes no card of the hotkey', async () => {
    const { card, clock, pressOn } = open();
    const link = card.openLink('tel:9845012345');
    card.close(link?.id ?? '');
    await clock.advance(500);
    const pressed = await pressOn('98765 43210');
    expect(card.openLink('tel:9845012346')).toBeNull();
    expect(card.current()).toBe(pressed);
  });

  it('in the arguments of a start, or of a second one, is found, whatever stands around it', () => {
    const { card } = open();
    const argv = ['/opt/Flowdial/flowdial', '--no-sandbox', '--gpu-launcher=tel:1', 'TEL:+91-98450-12345'];
    const [link = ''] = linksFromArguments(argv);
    expect(card.openLink(link)).toMatchObject({ found: { numbers: [number('+919845012345')] } });
  });
});

describe('the clipboard', () => {
  it('is read by the one action that asks for it', async () => {
    const { card, desk } = open();
    desk.copy('Call 98765 43210');
    expect(await card.openClipboard()).toMatchObject({
      source: 'clipboard',
      found: { numbers: [number('+919876543210')] },
    });
  });

  it('says what it holds where that is no number', async () => {
    const { card, desk } = open();
    desk.copy('hello');
    expect((await card.openClipboard())?.found).toEqual({ kind: 'no-number', read: 'hello' });
  });
});

describe('closing', () => {
  it('hides the card and tells the windows', () => {
    const { card, desk, told } = open();
    const view = card.openText('98765 43210');
    card.close(view.id);
    expect(card.current()).toBeNull();
    expect(told.at(-1)).toBeNull();
    expect(desk.visible()).toEqual([]);
  });

  it('a card that is not there any more leaves the newer one', () => {
    const { card, desk } = open();
    const older = card.openText('98765 43210');
    const newer = card.openText('91234 56789');
    card.close(older.id);
    expect(card.current()).toBe(newer);
    expect(desk.visible()).toEqual(['card']);
  });
});
