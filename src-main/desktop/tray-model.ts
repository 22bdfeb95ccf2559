/** What the tray's icon says at a glance; the first that holds. */
export type TraySign =
  /** A customer is on the line, and the rep's phone rings. */
  | 'waiting'
  | 'talking'
  | 'queue'
  /** Callbacks cannot come. */
  | 'unreachable'
  | 'away'
  | 'wrap-up'
  | 'ready'
  | 'practice';

/** The tray as it is to be drawn. */
export interface TrayModel {
  readonly sign: TraySign;
  /** Over the icon; on a Mac beside it while somebody talks. */
  readonly tooltip: string;
  readonly items: readonly TrayItem[];
}

export type TrayItem =
  | { readonly kind: 'separator' }
  | {
      readonly kind: 'action';
      readonly label: string;
      /** Shown beside it; empty: none. */
      readonly accelerator: string;
      readonly checked: boolean;
      readonly enabled: boolean;
      readonly run: () => void;
    };
