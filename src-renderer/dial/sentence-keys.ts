import { assertNever } from '../../src-shared/errors.ts';
import type { FlowKind } from '../../src-shared/flow.ts';

type SentenceKey =
  | 'rings'
  | 'ringsNoFrom'
  | 'practice'
  | 'practiceNoFrom'
  | 'mine'
  | 'minePractice'
  | 'team'
  | 'automated'
  | 'meFirst'
  | 'meFirstNoFrom'
  | 'meFirstPractice';

/** The sentences that say what a press of Call will do: who is rung, and who is on the line then. */
export function sentenceKeys({
  practice,
  from,
  ringMeFirst,
  kind,
}: {
  readonly practice: boolean;
  /** Whether the ExoPhone is known. */
  readonly from: boolean;
  readonly ringMeFirst: boolean;
  /** Null: no flow. */
  readonly kind: FlowKind | null;
}): readonly SentenceKey[] {
  if (ringMeFirst) return [practice ? 'meFirstPractice' : from ? 'meFirst' : 'meFirstNoFrom'];
  const rings = practice ? (from ? 'practice' : 'practiceNoFrom') : from ? 'rings' : 'ringsNoFrom';
  return kind === null ? [rings] : [rings, thenKey(kind, practice)];
}

function thenKey(kind: FlowKind, practice: boolean): SentenceKey {
  switch (kind) {
    case 'rings-me':
      return practice ? 'minePractice' : 'mine';
    case 'rings-team':
      return 'team';
    case 'automated':
      return 'automated';
    default:
      return assertNever(kind);
  }
}
