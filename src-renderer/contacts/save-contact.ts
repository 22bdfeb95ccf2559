import { readAnew } from '../app/read-anew.ts';
import { safe } from '@orpc/client';
import type { ContactDraft } from '../../src-shared/contact.ts';
import { api, queryClient } from '../app/api.ts';
import { failureWords } from '../ui/failure-words.ts';
import type { SaveProblem } from './contact-form.tsx';

/** Saves a contact under an id; a new id creates one. `null`: saved. */
export async function saveContact(id: string, draft: ContactDraft): Promise<SaveProblem> {
  const { error, isDefined } = await safe(api.contacts.save({ id, draft }));
  if (error === null) {
    contactsChanged();
    return null;
  }
  if (isDefined && error.code === 'BAD_NUMBERS') return { numbers: error.data.numbers };
  return { message: failureWords(error) };
}

/** A contact's name and do-not-call stand on every screen. */
export function contactsChanged(): void {
  readAnew(queryClient, {});
}
