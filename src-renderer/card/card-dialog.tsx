import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { cardQuery } from '../app/queries.ts';
import { t } from '../words/words.ts';
import { closeCard, DialCard } from './dial-card.tsx';

/** In a browser the dial card is a dialog over whatever is shown. A link of it leads on in this window. */
export function CardDialog() {
  const { data: card = null } = useQuery(cardQuery);
  const navigate = useNavigate();
  return (
    <Modal
      opened={card !== null}
      onClose={() => card !== null && closeCard(card.id)}
      withCloseButton={false}
      closeOnEscape={false}
      size={420}
      padding={0}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': t('card.title') } }}
      returnFocus
    >
      {card !== null && (
        <div
          onClick={({ target }) => {
            if (target instanceof HTMLElement && target.closest('a') !== null) closeCard(card.id);
          }}
        >
          <DialCard card={card} onPlaced={() => void navigate({ to: '/' })} />
        </div>
      )}
    </Modal>
  );
}
