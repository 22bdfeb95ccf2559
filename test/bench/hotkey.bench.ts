import { performance } from 'node:perf_hooks';
import { findPhoneNumbers } from '../../src-shared/phone-number.ts';
import type { OpenBench } from '../support/bench.ts';
import { makeDataDir, startCoreHarness } from '../support/core-harness.ts';
import { scriptedDesktop } from '../support/scripted-desktop.ts';

const text = 'Asha Rao, Acme Traders, +91 98450 12345, called on Monday about invoice 42 of 2026';

/**
 * From the press of the hotkey, as the shell tells it, to the card shown and its numbers told to the page, through the
 * whole core. The other program's answer to "what is highlighted" is not ours, and is given at once here; nor is the
 * drawing of a window that stands ready. Baseline: finding the numbers in that text, which nobody can leave out.
 */
const openHotkey: OpenBench = async () => {
  const data = makeDataDir();
  const desk = scriptedDesktop();
  let shown = Promise.withResolvers<void>();
  const { windows } = desk.desktop;
  const core = await startCoreHarness({
    dataDir: data.dir,
    ports: {
      desktop: {
        ...desk.desktop,
        selection: { read: () => Promise.resolve({ kind: 'text', text, source: 'native' }) },
        windows: {
          ...windows,
          showCard() {
            windows.showCard();
            shown.resolve();
          },
        },
      },
    },
  });
  const cards = await core.client.desktop.card();
  await cards.next();

  return {
    name: 'hotkey',
    runsPerRound: 5,
    baseline: {
      label: 'numbers found in the text',
      run() {
        const startedAt = performance.now();
        findPhoneNumbers(text, 'IN');
        return Promise.resolve(performance.now() - startedAt);
      },
    },
    subject: {
      label: 'press to card shown and told',
      async run() {
        // Presses within 400 ms of each other are one.
        await new Promise((resolve) => setTimeout(resolve, 450));
        shown = Promise.withResolvers();
        const told = cards.next();
        const startedAt = performance.now();
        desk.press();
        const [next] = await Promise.all([told, shown.promise]);
        const took = performance.now() - startedAt;
        const card = next.done === true ? null : next.value;
        if (card?.found.kind !== 'numbers') throw new Error('The card shows no number.');
        await core.client.desktop.closeCard({ id: card.id });
        await cards.next();
        return took;
      },
    },
    async close() {
      await core.stop();
      await data.remove();
    },
  };
};

export default openHotkey;
