import { implement } from '@orpc/server';
import { contract } from '../../src-shared/contract/index.ts';
import { assertNever } from '../../src-shared/errors.ts';
import type { RouterParts } from './parts.ts';
import { problemOf } from './stored.ts';

const os = implement(contract.desktop);

export function desktopRouter({ desk, news, ports, settings, changeSettings }: RouterParts) {
  const { desktop } = ports;

  return {
    state: os.state.handler(async function* ({ signal }) {
      const changes = news.subscribe('desktop', signal ? { signal } : {});
      yield desk.state();
      yield* changes;
    }),
    card: os.card.handler(async function* ({ signal }) {
      const changes = news.subscribe('card', signal ? { signal } : {});
      yield desk.card.current();
      for await (const { card } of changes) yield card;
    }),
    openCard: os.openCard.handler(({ input }) => desk.card.openText(input.text)),
    openLink: os.openLink.handler(({ input }) => desk.card.openLink(input.link)),
    openClipboard: os.openClipboard.handler(async ({ errors }) => {
      if (!settings.get().readClipboard) throw errors.OFF();
      const card = await desk.card.openClipboard();
      if (card === null) throw errors.NO_CLIPBOARD();
      return card;
    }),
    closeCard: os.closeCard.handler(({ input }) => desk.card.close(input.id)),

    setHotkey: os.setHotkey.handler(async ({ input, errors }) => {
      const before = settings.get().hotkey;
      const set = desk.hotkey.set(input.accelerator);
      switch (set.outcome) {
        case 'refused':
          throw errors.REFUSED({ data: { problem: set.problem, use: set.use } });
        case 'taken':
          throw errors.TAKEN();
        case 'set':
          try {
            await changeSettings({ hotkey: set.accelerator });
          } catch (error) {
            // What is not kept would be another after the next start.
            desk.hotkey.set(before);
            throw errors.NOT_STORED({ data: { problem: problemOf(error) } });
          }
          return desk.state();
        default:
          return assertNever(set);
      }
    }),

    setStartsAtLogin: os.setStartsAtLogin.handler(({ input, errors }) => {
      if (desktop.loginItem.starts() === null) throw errors.UNAVAILABLE();
      desktop.loginItem.set(input.starts);
      return tellState();
    }),

    claimLinks: os.claimLinks.handler(({ input, errors }) => {
      if (!desktop.linkOwner.claim(input.scheme)) throw errors.UNAVAILABLE();
      return tellState();
    }),

    notes: os.notes.handler(({ signal }) => news.subscribe('note', signal ? { signal } : {})),
    noteClicked: os.noteClicked.handler(({ input }) => desk.noteClicked(input.id, input.action)),
    goTo: os.goTo.handler(({ input }) => desk.go(input)),
    destinations: os.destinations.handler(({ signal }) =>
      news.subscribe('destination', signal ? { signal } : {}),
    ),
  };

  function tellState() {
    const state = desk.state();
    news.publish('desktop', state);
    return state;
  }
}
