import { account, settings } from './settings.ts';
import { app } from './app.ts';
import { calls } from './calls.ts';
import { contacts, doNotCall } from './contacts.ts';
import { desktop } from './desktop.ts';
import { flows } from './flows.ts';
import { practice } from './practice.ts';
import { rep } from './rep.ts';
import { storage } from './storage.ts';

/** All that the renderer can ask of the core. Both shells and every test speak this contract. */
export const contract = {
  app,
  account,
  calls,
  contacts,
  desktop,
  doNotCall,
  flows,
  practice,
  rep,
  settings,
  storage,
};
export type Contract = typeof contract;
