import { describe, expect, it } from 'vitest';
import type { TrayAction, TrayItem, TrayModel, TraySign } from '../../src-main/desktop/tray-model.ts';
import type { Tray } from '../../src-main/ports.ts';

/** A desktop as far as the program's icon in its tray goes. */
export interface TrayWorld {
  readonly tray: Tray;
  /** What is drawn; null: nothing yet. */
  readonly drawn: () => DrawnTray | null | Promise<DrawnTray | null>;
  /** The person chooses the item with this label. */
  readonly choose: (label: string) => void | Promise<void>;
}

export interface DrawnTray {
  /** Tells one drawing from another. */
  readonly icon: string;
  readonly tooltip: string;
  readonly items: readonly DrawnItem[];
}

export type DrawnItem =
  | '---'
  | { readonly label: string; readonly checked: boolean | null; readonly enabled: boolean };

const signs = {
  waiting: true,
  talking: true,
  queue: true,
  unreachable: true,
  away: true,
  'wrap-up': true,
  ready: true,
  practice: true,
} satisfies Record<TraySign, true>;

const item = (
  action: TrayAction,
  label: string,
  checked: boolean | null = null,
  enabled = true,
): TrayItem => ({ kind: 'action', action, label, checked, enabled });

const model: TrayModel = {
  sign: 'ready',
  tooltip: 'Flowdial: ready',
  title: '',
  items: [
    item('openFlowdial', 'Open Flowdial'),
    { kind: 'separator' },
    item('ready', 'Ready', true),
    item('away', 'Away', false),
    item('useAccount', 'Use my account', null, false),
    item('quit', 'Quit Flowdial'),
  ],
};

/** What the tray of every shell that has one promises (src-main/ports.ts). `open` gives a desktop without the icon. */
export function traySuite(name: string, open: () => TrayWorld | Promise<TrayWorld>): void {
  describe(`${name}: a tray`, () => {
    const nothing = () => {};

    it('is drawn as the model says: words, items, what is checked and what cannot be chosen', async () => {
      const { tray, drawn } = await open();
      tray.show(model, nothing);
      await expect.poll(drawn).toMatchObject({
        tooltip: 'Flowdial: ready',
        items: [
          { label: 'Open Flowdial', checked: null, enabled: true },
          '---',
          { label: 'Ready', checked: true, enabled: true },
          { label: 'Away', checked: false, enabled: true },
          { label: 'Use my account', checked: null, enabled: false },
          { label: 'Quit Flowdial', checked: null, enabled: true },
        ],
      });
    });

    it('is drawn anew by the next model', async () => {
      const { tray, drawn } = await open();
      tray.show(model, nothing);
      tray.show({ ...model, sign: 'away', tooltip: 'Flowdial: you are away', items: [] }, nothing);
      await expect.poll(drawn).toMatchObject({ tooltip: 'Flowdial: you are away', items: [] });
    });

    it('no two signs look the same', async () => {
      const { tray, drawn } = await open();
      const icons = new Set<string | undefined>();
      for (const sign of Object.keys(signs) as TraySign[] /* Object.keys forgets the keys' type. */) {
        tray.show({ ...model, sign, tooltip: sign }, nothing);
        await expect.poll(async () => (await drawn())?.tooltip).toBe(sign);
        icons.add((await drawn())?.icon);
      }
      expect(icons.size).toBe(Object.keys(signs).length);
    });

    it('an item that is chosen is told to whom drew it last', async () => {
      const { tray, choose } = await open();
      const told: string[] = [];
      tray.show(model, (action) => told.push(`older ${action}`));
      tray.show(model, (action) => told.push(`newer ${action}`));
      await choose('Away');
      await expect.poll(() => told).toEqual(['newer away']);
    });
  });
}
