import { useQuery } from '@tanstack/react-query';
import { cardQuery } from '../app/queries.ts';
import { useLinksToMain } from '../app/use-links-to-main.ts';
import { t } from '../words/words.ts';
import { closeCard, DialCard } from './dial-card.tsx';

/** The dial card in a small window of its own. */
export function CardPage() {
  const { data: card = null } = useQuery(cardQuery);
  useLinksToMain(() => card !== null && closeCard(card.id));
  return (
    <main className="card-page">
      <h1 className="visually-hidden">{t('card.title')}</h1>
      {card !== null && <DialCard card={card} />}
    </main>
  );
}
