import { Button } from '@mantine/core';
import { IconHandFinger, IconNumbers, IconUnlink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef } from 'react';
import { acceleratorText } from '../../src-shared/accelerator.ts';
import type { DialCardView } from '../../src-shared/contract/desktop.ts';
import { desktopQuery } from '../app/queries.ts';
import { isMac, platform } from '../app/shortcuts.ts';
import { t } from '../words/words.ts';
import { EscButton } from './esc-button.tsx';
import { unreadWords } from './unread-words.ts';
import { useCardKeys } from './use-card-keys.ts';

type Unread = Exclude<DialCardView['found'], { readonly kind: 'numbers' }>;

const signs = { 'no-number': IconNumbers, 'nothing-read': IconHandFinger, 'bad-link': IconUnlink };

/** No number to call: what was read, or why nothing was, and what to do. */
export function UnreadCard({
  card,
  found,
  onClose,
}: {
  readonly card: DialCardView;
  readonly found: Unread;
  readonly onClose: () => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  const headingId = useId();
  const bodyId = useId();
  const navigate = useNavigate();
  const { data: desktop } = useQuery(desktopQuery);
  const hotkey = acceleratorText(desktop?.hotkey.accelerator ?? '', platform);
  const words = unreadWords(found, card.source, hotkey, isMac);
  const Sign = signs[found.kind];
  const typeIt = () => {
    void navigate({ to: '/' });
    onClose();
  };
  useEffect(() => root.current?.focus(), []);
  useCardKeys(
    root,
    { numbers: 0, chosen: 0, asking: false },
    { call: typeIt, close: onClose, number: nothing, flow: nothing },
  );
  return (
    <div
      ref={root}
      className="dc"
      tabIndex={-1}
      // Of the dialog that may be around it.
      data-autofocus
      role="group"
      aria-labelledby={headingId}
      aria-describedby={bodyId}
    >
      <header className="dc-head">
        <span className="avatar" data-large aria-hidden>
          <Sign size={20} stroke={1.75} />
        </span>
        <div className="dc-who">
          <h2 id={headingId}>{words.title}</h2>
        </div>
        <EscButton onClose={onClose} />
      </header>
      <div id={bodyId} className="dc-says">
        {words.read !== '' && <blockquote className="dc-quote">{words.read}</blockquote>}
        <p className="dc-sentence">{words.todo}</p>
        {card.heldBack > 0 && <p className="second">{t('card.heldBack', { count: card.heldBack })}</p>}
      </div>
      <footer className="dc-foot">
        <Button data-calls onClick={typeIt}>
          {t('card.typeIt')}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {t('app.close')}
        </Button>
      </footer>
    </div>
  );
}

function nothing(): void {}
