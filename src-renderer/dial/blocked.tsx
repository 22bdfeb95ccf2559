import { Button } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Trans } from 'react-i18next';
import type { Verdict } from '../../src-shared/contract/calls.ts';
import { assertNever } from '../../src-shared/errors.ts';
import type { Flow } from '../../src-shared/flow.ts';
import type { Alternative } from '../../src-shared/rep.ts';
import { setRep } from '../app/deeds.ts';
import { t } from '../words/words.ts';
import { blockWords } from './block-words.ts';
import type { DialWith } from './dial-choice.ts';
import { Say } from './say.tsx';

/** Why the call cannot go out now, in one line, and buttons for what works. */
export function Blocked({
  verdict,
  who,
  flows,
  ringMeFirst,
  choose,
  toBox,
}: {
  readonly verdict: Verdict;
  readonly who: string;
  readonly flows: readonly Flow[];
  readonly ringMeFirst: boolean;
  /** Dials with something else. */
  readonly choose: (how: DialWith) => void;
  /** Back to where Enter calls. */
  readonly toBox: () => void;
}) {
  const why = blockWords(verdict.blocks);
  const flow = verdict.flow?.name ?? '';
  return (
    <Say Sign={IconHandStop}>
      <Trans
        i18nKey={ringMeFirst ? 'dial.sentence.blockedMeFirst' : 'dial.sentence.blocked'}
        values={{ who, flow, why }}
        components={{ b: <strong /> }}
      />
      <span className="ways">
        {verdict.alternatives.map((way) => (
          <Way key={way} way={way} flows={flows} choose={choose} toBox={toBox} />
        ))}
        {verdict.blocks.includes('no-phone') && (
          <Link to="/settings/$page" params={{ page: 'phone' }}>
            {t('dial.setPhone')}
          </Link>
        )}
        {verdict.blocks.includes('no-address') && (
          <Link to="/settings/$page" params={{ page: 'callbacks' }}>
            {t('dial.setAddress')}
          </Link>
        )}
      </span>
    </Say>
  );
}

function Way({
  way,
  flows,
  choose,
  toBox,
}: {
  readonly way: Alternative;
  readonly flows: readonly Flow[];
  readonly choose: (how: DialWith) => void;
  readonly toBox: () => void;
}) {
  switch (way) {
    case 'ring-me-first':
      return (
        <Button size="xs" onClick={() => choose({ flowId: null, ringMeFirst: true })}>
          {t('dial.ringMeFirst')}
        </Button>
      );
    case 'automated-flow': {
      const automated = flows.find(({ kind }) => kind === 'automated');
      if (automated === undefined) return null;
      return (
        <Button size="xs" onClick={() => choose({ flowId: automated.id, ringMeFirst: false })}>
          {t('dial.useFlow', { name: automated.name })}
        </Button>
      );
    }
    case 'ready':
      return (
        <Button
          size="xs"
          onClick={() => {
            void setRep('ready');
            toBox();
          }}
        >
          {t('dial.beReady')}
        </Button>
      );
    default:
      return assertNever(way);
  }
}
