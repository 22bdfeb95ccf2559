import type { ReactNode } from 'react';
import './radio-cards.css';

/** One of a few ways, each with a plain sentence. */
export function RadioCards<V extends string>({
  legend,
  name,
  value,
  choices,
  disabled = false,
  onChange,
}: {
  readonly legend: string;
  /** Of the radio group, among all of the page. */
  readonly name: string;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly label: ReactNode; readonly text: string }[];
  readonly disabled?: boolean;
  readonly onChange: (value: V) => void;
}) {
  return (
    <fieldset className="radio-cards" disabled={disabled}>
      <legend className="visually-hidden">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="radio-card">
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>
            <span className="radio-card-label">{choice.label}</span>
            <span className="second">{choice.text}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
