import type { ContactView } from '../../src-shared/contract/contacts.ts';

/** A number of a contact, to choose in the dial box. */
export interface Suggestion {
  readonly key: string;
  readonly name: string;
  readonly company: string;
  readonly label: string;
  /** What is called. */
  readonly number: string;
  /** The number as people write it. */
  readonly text: string;
  readonly blocked: boolean;
}

/** Every number of every contact: people have several, and the one that is meant must be there to choose. */
export function suggestionsOf(contacts: readonly ContactView[]): Suggestion[] {
  return contacts.flatMap((contact) =>
    contact.numbers.map((number, index) => ({
      key: `${contact.id}-${index}`,
      name: contact.name || contact.company,
      company: contact.name === '' ? '' : contact.company,
      label: number.label,
      number: number.e164 ?? number.entered,
      text: number.text,
      blocked: contact.doNotCall !== null,
    })),
  );
}
