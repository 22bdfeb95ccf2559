import type { DialCardView } from '../../src-shared/contract/desktop.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { t } from '../words/words.ts';

export interface UnreadWords {
  readonly title: string;
  readonly todo: string;
  /** What was read; empty: nothing. */
  readonly read: string;
}

type Unread = Exclude<DialCardView['found'], { readonly kind: 'numbers' }>;

/** Why a card offers no number, and what to do. `hotkey`: as this computer writes it; empty: none. */
export function unreadWords(
  found: Unread,
  source: DialCardView['source'],
  hotkey: string,
  mac: boolean,
): UnreadWords {
  const again = hotkey === '' ? t('card.tryAgain') : t('card.tryAgainHotkey', { hotkey });
  switch (found.kind) {
    case 'no-number':
      return {
        title: t('card.noNumber'),
        todo: source === 'hotkey' ? `${t('card.noNumberTodo')} ${again}` : t('card.noNumberTodo'),
        read: found.read,
      };
    case 'bad-link':
      return { title: t('card.badLink'), todo: t(`card.badLinkWhy.${found.problem}`), read: found.read };
    case 'nothing-read':
      switch (found.why) {
        case 'empty':
          return { title: t('card.nothing.empty'), todo: again, read: '' };
        case 'no-permission':
          return {
            title: t('card.nothing.no-permission'),
            todo: t(mac ? 'card.nothingTodo.permissionMac' : 'card.nothingTodo.permission'),
            read: '',
          };
        case 'no-native':
          return { title: t('card.nothing.no-native'), todo: t('card.nothingTodo.native'), read: '' };
        case 'crashed':
          return { title: t('card.nothing.crashed'), todo: again, read: '' };
        case 'timed-out':
          return { title: t('card.nothing.timed-out'), todo: again, read: '' };
        default:
          return assertNever(found.why);
      }
    default:
      return assertNever(found);
  }
}
