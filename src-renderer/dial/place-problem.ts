import type { InferClientErrorUnion } from '@orpc/client';
import { assertNever } from '../../src-shared/errors.ts';
import { missingText } from '../app/account-missing.ts';
import type { api } from '../app/api.ts';
import { t } from '../words/words.ts';
import { blockWords } from './block-words.ts';

/** Why a press of Call led to no call: what happened, whether the customer was called, what to do. */
export interface PlaceProblem {
  readonly what: string;
  readonly called: string;
  readonly todo: string;
  /** Where it can be mended. */
  readonly mend: 'settings' | 'contacts' | 'history' | null;
}

type PlaceError = Exclude<
  Extract<InferClientErrorUnion<typeof api.calls.place>, { code: string }>,
  { code: 'NEEDS_CONFIRMATION' }
>;

/** A refusal that the contract declares: nothing was sent. */
export function declinedProblem(error: PlaceError): PlaceProblem {
  const nobody = { called: t('customerCalled.no') };
  switch (error.code) {
    case 'NOT_DIALABLE':
      return {
        ...nobody,
        what: t('dial.problem.notDialable'),
        todo: t('dial.problem.notDialableTodo'),
        mend: null,
      };
    case 'DO_NOT_CALL':
      return {
        ...nobody,
        what: t('dial.problem.doNotCall', { why: error.data.why }),
        todo: t('dial.problem.doNotCallTodo'),
        mend: 'contacts',
      };
    case 'NOT_SET_UP':
      return {
        ...nobody,
        what: t('dial.problem.notSetUp', { names: missingText(error.data.missing) }),
        todo: t('dial.problem.notSetUpTodo'),
        mend: 'settings',
      };
    case 'BAD_VALUE':
      return {
        ...nobody,
        what: t('dial.problem.badValue', { problem: error.data.problem }),
        todo: t('dial.problem.badValueTodo'),
        mend: 'settings',
      };
    case 'BLOCKED':
      return {
        ...nobody,
        what: t('dial.problem.blocked', { why: blockWords(error.data.blocks) }),
        todo: error.data.alternatives.map((way) => t(`dial.problem.blockedTodo.${way}`)).join(' '),
        mend: null,
      };
    case 'ID_TAKEN':
      return { ...nobody, what: t('dial.problem.idTaken'), todo: t('dial.problem.idTakenTodo'), mend: null };
    case 'TOO_OLD':
      return { ...nobody, what: t('dial.problem.tooOld'), todo: t('dial.problem.tooOldTodo'), mend: null };
    case 'NOT_STORED':
      return {
        ...nobody,
        what: t('dial.problem.notStored', { problem: error.data.problem }),
        todo: t('dial.problem.notStoredTodo'),
        mend: null,
      };
    default:
      return assertNever(error);
  }
}

/** No answer came: the core may have sent the call before it went away. */
export function lostProblem(): PlaceProblem {
  return {
    what: t('dial.problem.lost'),
    called: t('customerCalled.perhaps'),
    todo: t('dial.problem.lostTodo'),
    mend: 'history',
  };
}
