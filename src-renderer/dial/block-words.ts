import type { Block } from '../../src-shared/rep.ts';
import { t } from '../words/words.ts';

/** Why a flow that rings the rep is not dialled now, each in a sentence. */
export function blockWords(blocks: readonly Block[]): string {
  return blocks.map((block) => t(`block.${block}`)).join(' ');
}
