import type { DialCardView } from '../../src-shared/contract/desktop.ts';
import { api } from '../app/api.ts';
import { NumbersCard } from './numbers-card.tsx';
import { UnreadCard } from './unread-card.tsx';
import './card.css';

/** The dial card, wherever it is shown. Enter calls, Esc closes; by itself it dials nothing but what the person set so. */
export function DialCard({
  card,
  onPlaced = nothing,
}: {
  readonly card: DialCardView;
  /** The call is written and about to be sent; the card closes. */
  readonly onPlaced?: () => void;
}) {
  const close = () => closeCard(card.id);
  if (card.found.kind !== 'numbers') {
    return <UnreadCard key={card.id} card={card} found={card.found} onClose={close} />;
  }
  return (
    <NumbersCard
      key={card.id}
      card={card}
      found={card.found}
      onClose={close}
      onPlaced={() => {
        close();
        onPlaced();
      }}
    />
  );
}

/** Where the core is away, the card goes with the next that it tells. */
export function closeCard(id: string): void {
  void api.desktop.closeCard({ id }).catch(() => undefined);
}

function nothing(): void {}
