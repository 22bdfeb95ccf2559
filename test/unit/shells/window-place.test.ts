import { describe, expect, it } from 'vitest';
import { placeByPointer, rememberedPlaces, rescued } from '../../../src-main/shells/electron/window-place.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const left = { x: -1280, y: 200, width: 1280, height: 1024 };
const size = { width: 440, height: 420 };

describe('a window by the pointer', () => {
  it('stands to its right and below', () => {
    expect(placeByPointer({ x: 400, y: 300 }, size, screen)).toEqual({ x: 412, y: 312, ...size });
  });

  it('stands on the other side where there is no room', () => {
    expect(placeByPointer({ x: 1900, y: 1030 }, size, screen)).toEqual({ x: 1448, y: 598, ...size });
  });

  it('stays on the pointer’s own screen, also left of the main one', () => {
    const { x, y } = placeByPointer({ x: -10, y: 210 }, size, left);
    expect({ x, y }).toEqual({ x: -462, y: 222 });
  });

  it('is never off the screen, wherever the pointer is', () => {
    for (const area of [screen, left, { x: 100, y: 100, width: 500, height: 430 }]) {
      for (let x = area.x; x <= area.x + area.width; x += 53) {
        for (let y = area.y; y <= area.y + area.height; y += 47) {
          const place = placeByPointer({ x, y }, size, area);
          expect(place.x).toBeGreaterThanOrEqual(area.x);
          expect(place.y).toBeGreaterThanOrEqual(area.y);
          expect(place.x + size.width).toBeLessThanOrEqual(area.x + area.width);
          expect(place.y + size.height).toBeLessThanOrEqual(area.y + area.height);
        }
      }
    }
  });

  it('shows its upper left where the screen is smaller than it', () => {
    expect(placeByPointer({ x: 50, y: 50 }, size, { x: 0, y: 0, width: 300, height: 200 })).toMatchObject({
      x: 0,
      y: 0,
    });
  });
});

describe('a remembered place', () => {
  it.each([
    ['within the main screen', { x: 10, y: 10, width: 900, height: 700 }],
    ['on another screen', { x: -1200, y: 300, width: 900, height: 700 }],
    ['across both', { x: -400, y: 300, width: 900, height: 700 }],
    ['partly beyond the edge, where it can be taken hold of', { x: 1700, y: 900, width: 900, height: 700 }],
  ])('%s stays as it was', (_, place) => {
    expect(rescued(place, [screen, left])).toEqual(place);
  });

  it.each([
    ['of a screen that is gone', { x: 2500, y: 100, width: 900, height: 700 }, { x: 1020, y: 100 }],
    ['with its upper edge above the screen', { x: 100, y: -300, width: 900, height: 700 }, { x: 100, y: 0 }],
    ['of which a sliver is seen', { x: 1880, y: 100, width: 900, height: 700 }, { x: 1020, y: 100 }],
    ['under the edge', { x: 100, y: 1030, width: 900, height: 700 }, { x: 100, y: 340 }],
  ])('%s is moved onto the main screen', (_, place, at) => {
    expect(rescued(place, [screen])).toEqual({ ...place, ...at });
  });

  it('larger than the screen is made to fit', () => {
    expect(rescued({ x: 5000, y: 0, width: 3000, height: 2000 }, [screen])).toEqual(screen);
  });

  it('is read from the settings’ file, and what is none is none', () => {
    const place = { x: 1, y: 2, width: 300, height: 400 };
    expect(rememberedPlaces({ windowPlace: place, stripPlace: { x: 'left' } })).toEqual({
      main: place,
      strip: null,
    });
    expect(rememberedPlaces({})).toEqual({ main: null, strip: null });
  });
});
