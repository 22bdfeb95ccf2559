import { settingsSchema } from '../../../src-shared/settings.ts';

/** A rectangle on the desktop, in its own pixels: several screens lie side by side in one plane. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How far from the pointer the card stands, so that it does not lie under the hand. */
const fromPointer = 12;

/** So much of a window's upper edge must be seen for a person to take hold of it. */
const holdWidth = 120;
const holdHeight = 32;

/**
 * Where a window of this size stands by the pointer: to its right and below, else to its left and above, and always
 * wholly within the area of its screen.
 */
export function placeByPointer(
  pointer: { readonly x: number; readonly y: number },
  size: { readonly width: number; readonly height: number },
  area: Place,
): Place {
  return {
    x: alongOneAxis(pointer.x, size.width, area.x, area.width),
    y: alongOneAxis(pointer.y, size.height, area.y, area.height),
    width: size.width,
    height: size.height,
  };
}

function alongOneAxis(pointer: number, length: number, from: number, space: number): number {
  const after = pointer + fromPointer;
  const before = pointer - fromPointer - length;
  const wanted = after + length <= from + space || before < from ? after : before;
  return within(wanted, length, from, space);
}

function within(wanted: number, length: number, from: number, space: number): number {
  return Math.round(Math.max(from, Math.min(wanted, from + space - length)));
}

/**
 * A remembered place as it can be used on the screens there are now (the main one first): as it was where its upper
 * edge can be taken hold of, else moved onto the main screen, and made smaller where it does not fit there.
 */
export function rescued(place: Place, areas: readonly [Place, ...Place[]]): Place {
  if (areas.some((area) => canBeHeld(place, area))) return place;
  const [main] = areas;
  const width = Math.min(place.width, main.width);
  const height = Math.min(place.height, main.height);
  return {
    x: within(place.x, width, main.x, main.width),
    y: within(place.y, height, main.y, main.height),
    width,
    height,
  };
}

function canBeHeld(place: Place, area: Place): boolean {
  const seen = overlap(place.x, place.width, area.x, area.width);
  const isTopSeen = place.y >= area.y && place.y + holdHeight <= area.y + area.height;
  return isTopSeen && seen >= Math.min(holdWidth, place.width);
}

function overlap(from: number, length: number, otherFrom: number, otherLength: number): number {
  return Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);
}

/** Where the windows were, as the settings' file says; a window must not wait for the core to open it. */
export function rememberedPlaces(file: Readonly<Record<string, unknown>>): {
  readonly main: Place | null;
  readonly strip: Place | null;
} {
  const { windowPlace, stripPlace } = settingsSchema.shape;
  return {
    main: windowPlace.safeParse(file['windowPlace']).data ?? null,
    strip: stripPlace.safeParse(file['stripPlace']).data ?? null,
  };
}
