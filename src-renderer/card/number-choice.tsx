import { Kbd } from '../ui/parts.tsx';
import { spoken } from '../ui/format.ts';
import { t } from '../words/words.ts';
import type { CardNumber } from './card-who.tsx';

/** The numbers of a text that has several: arrows or their digit choose one. */
export function NumberChoice({
  name,
  numbers,
  more,
  chosen,
  onChoose,
}: {
  /** Of the group, in this page. */
  readonly name: string;
  readonly numbers: readonly CardNumber[];
  readonly more: number;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}) {
  return (
    <fieldset className="dc-numbers">
      <legend className="second">{t('card.which')}</legend>
      {numbers.map((number, index) => (
        <label key={number.e164} className="dc-number">
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            aria-label={`${spoken(number.text)}${number.callable ? '' : `, ${t('card.notCallableShort')}`}`}
            checked={index === chosen}
            onChange={() => onChoose(index)}
          />
          <Kbd>{String(index + 1)}</Kbd>
          <span>{number.text}</span>
          {!number.callable && <span className="tag-bad">{t('card.notCallableShort')}</span>}
        </label>
      ))}
      {more > 0 && <p className="second">{t('card.more', { count: more })}</p>}
    </fieldset>
  );
}
