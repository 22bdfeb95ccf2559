import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Callout } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import type { PlaceProblem } from './place-problem.ts';

const places = {
  settings: { to: '/settings', label: 'dial.openSettings' },
  contacts: { to: '/contacts', label: 'actions.contacts' },
  history: { to: '/history', label: 'notice.openHistory' },
} as const;

/** Said at once, for something that was asked for did not happen. */
export function PlaceProblemCallout({ problem }: { readonly problem: PlaceProblem }) {
  const navigate = useNavigate();
  const place = problem.mend && places[problem.mend];
  return (
    <div role="alert" className="dial-problem">
      <Callout
        tone="bad"
        title={problem.what}
        actions={
          place && (
            <Button size="xs" onClick={() => void navigate({ to: place.to })}>
              {t(place.label)}
            </Button>
          )
        }
      >
        <p>
          <strong>{problem.called}</strong> {problem.todo}
        </p>
      </Callout>
    </div>
  );
}
