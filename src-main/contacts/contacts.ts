import type { Contact, ContactDraft, DoNotCall } from '../../src-shared/contact.ts';
import type { ContactView } from '../../src-shared/contract/contacts.ts';
import { formatNumber, parseDialable } from '../../src-shared/phone-number.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Clock } from '../ports.ts';
import type { Storage } from '../storage/storage.ts';

/** Whom a do-not-call entry is about: a contact with all its numbers, or one number as entered. */
export type DoNotCallTarget = { readonly id: string } | { readonly number: string };

export interface Contacts {
  /** Creates or replaces; the numbers that are none come back, and nothing is saved then. */
  save(
    id: string,
    draft: ContactDraft,
  ): Promise<{ readonly contact: Contact } | { readonly badNumbers: string[] }>;
  /** Null where the target is not there; `notDialable` where it is no number. */
  block(
    target: DoNotCallTarget,
    why: string,
    until: number | null,
  ): Promise<DoNotCall | { readonly notDialable: string } | null>;
  /** False where nothing was blocked. */
  unblock(target: DoNotCallTarget, why: string): Promise<boolean>;
}

export function createContacts(parts: {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly settings: () => Settings;
  /** Name of the system's user, where settings name no rep. */
  readonly userName: string;
}): Contacts {
  const parse = (entered: string) => parseDialable(entered, parts.settings().country).e164;
  const who = () => parts.settings().repName || parts.userName;

  async function save(id: string, draft: ContactDraft) {
    const numbers = draft.numbers.map(({ entered, label }) => ({ entered, label, e164: parse(entered) }));
    const badNumbers = numbers.filter((number) => number.e164 === null).map((number) => number.entered);
    if (badNumbers.length > 0) return { badNumbers };
    const now = parts.clock.now();
    const before = await parts.storage.contacts.get(id);
    const contact = await parts.storage.contacts.save({
      id,
      name: draft.name,
      company: draft.company,
      numbers,
      note: draft.note,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
    });
    return { contact };
  }

  async function numbersOf(target: DoNotCallTarget): Promise<string[] | { notDialable: string } | null> {
    if ('number' in target) {
      const e164 = parse(target.number);
      return e164 === null ? { notDialable: target.number } : [e164];
    }
    const contact = await parts.storage.contacts.get(target.id);
    return contact === null ? null : contact.numbers.flatMap(({ e164 }) => (e164 === null ? [] : [e164]));
  }

  async function block(target: DoNotCallTarget, why: string, until: number | null) {
    const numbers = await numbersOf(target);
    if (numbers === null || 'notDialable' in numbers) return numbers;
    const entry: DoNotCall = { who: who(), at: parts.clock.now(), why, until };
    await parts.storage.doNotCall.add(numbers, entry);
    return entry;
  }

  async function unblock(target: DoNotCallTarget, why: string) {
    const numbers = await numbersOf(target);
    if (numbers === null || 'notDialable' in numbers) return false;
    return (await parts.storage.doNotCall.lift(numbers, { who: who(), at: parts.clock.now(), why })) > 0;
  }

  return { save, block, unblock };
}

/** A contact as screens show it. */
export function contactView(contact: Contact): ContactView {
  return {
    ...contact,
    numbers: contact.numbers.map((number) => ({
      ...number,
      text: number.e164 === null ? number.entered : formatNumber(number.e164),
    })),
  };
}
