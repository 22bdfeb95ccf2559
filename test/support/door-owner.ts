import type { DoorOwner, DoorSecrets } from '../../src-main/callbacks/applet.ts';
import { nobody } from '../../src-main/callbacks/connect-reply.ts';

export const doorSecrets: DoorSecrets = {
  connect: '00112233445566778899aabbccddeeff',
  leg: '10112233445566778899aabbccddeeff',
  passthru: '20112233445566778899aabbccddeeff',
  greeting: '30112233445566778899aabbccddeeff',
};

/** Behind the doors there is nobody who knows a call. */
export const nobodyHome: DoorOwner = {
  doorSecrets: () => doorSecrets,
  onConnect: () => nobody,
  onGreeting: () => '',
  onLeg: () => {},
  onPassthru: () => {},
};
