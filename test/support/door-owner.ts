import type { AppletAsk, DoorOwner, DoorSecrets, PassthruBranch } from '../../src-main/callbacks/applet.ts';
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

/** The rep of the one call that `createDoorOwner` knows. */
export const rep = '+919876543210';
export const greeting = 'Namaste Priya, यह Acme है।';

export interface KnowingOwner extends DoorOwner {
  /** What had an effect, in order. */
  readonly taken: readonly { readonly door: keyof DoorSecrets | PassthruBranch; readonly ask: AppletAsk }[];
}

/** Behind the doors sits somebody who knows one call, and knows it by its token only. */
export function createDoorOwner(call: { readonly callId: string; readonly token: string }): KnowingOwner {
  const taken: { door: keyof DoorSecrets | PassthruBranch; ask: AppletAsk }[] = [];
  const isKnown = (ask: AppletAsk) => ask.call?.callId === call.callId && ask.call.token === call.token;
  return {
    taken,
    doorSecrets: () => doorSecrets,
    onConnect(ask, { peek }) {
      if (!peek) taken.push({ door: 'connect', ask });
      return isKnown(ask) ? { ...nobody, numbers: [rep], talkSeconds: 3600, record: true } : nobody;
    },
    onGreeting(ask, { peek }) {
      if (!peek) taken.push({ door: 'greeting', ask });
      return isKnown(ask) ? greeting : 'Namaste.';
    },
    onLeg: (ask) => void taken.push({ door: 'leg', ask }),
    onPassthru: (branch, ask) => void taken.push({ door: branch, ask }),
  };
}
