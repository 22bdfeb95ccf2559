import { implement } from '@orpc/server';
import { contract } from '../../src-shared/contract/index.ts';
import { contactView } from '../contacts/contacts.ts';
import type { RouterParts } from './parts.ts';
import { stored } from './stored.ts';

const os = implement(contract);

export function contactsRouter({ storage, contacts, ports }: RouterParts) {
  return {
    list: os.contacts.list.handler(async ({ input }) => {
      const page = await storage.contacts.list(input);
      return { contacts: page.contacts.map(contactView), next: page.next, total: page.total };
    }),

    get: os.contacts.get.handler(async ({ input, errors }) => {
      const contact = await storage.contacts.get(input.id);
      if (contact === null) throw errors.NOT_FOUND();
      return contactView(contact);
    }),

    save: os.contacts.save.handler(async ({ input, errors }) => {
      const saved = await stored(contacts.save(input.id, input.draft), errors);
      if ('badNumbers' in saved) throw errors.BAD_NUMBERS({ data: { numbers: saved.badNumbers } });
      return contactView(saved.contact);
    }),

    remove: os.contacts.remove.handler(async ({ input, errors }) => {
      const removed = await stored(storage.contacts.remove(input.id, ports.clock.now()), errors);
      if (!removed) throw errors.NOT_FOUND();
    }),

    restore: os.contacts.restore.handler(async ({ input, errors }) => {
      const contact = await stored(storage.contacts.restore(input.id), errors);
      if (contact === null) throw errors.NOT_FOUND();
      return contactView(contact);
    }),
  };
}

export function doNotCallRouter({ contacts }: RouterParts) {
  return {
    add: os.doNotCall.add.handler(async ({ input, errors }) => {
      const entry = await stored(contacts.block(input.target, input.why, input.until), errors);
      if (entry === null) throw errors.NOT_FOUND();
      if ('notDialable' in entry) throw errors.NOT_DIALABLE({ data: { entered: entry.notDialable } });
      return entry;
    }),

    lift: os.doNotCall.lift.handler(async ({ input, errors }) => {
      const lifted = await stored(contacts.unblock(input.target, input.why), errors);
      if (!lifted) throw errors.NOT_FOUND();
    }),
  };
}
