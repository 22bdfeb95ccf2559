import type { TraySign } from '../../src-main/desktop/tray-model.ts';

/** How a sign is coloured: macOS' template is a shape alone, which the system colours. */
export type TrayLook = 'Template' | '-dark' | '-light';

/** The drawings' scales, by the ending that Electron looks for. */
export const trayScales: Readonly<Record<TrayLook, readonly (readonly [ending: string, size: number])[]>> = {
  Template: [
    ['', 16],
    ['@2x', 32],
  ],
  '-dark': [
    ['', 16],
    ['@1.5x', 24],
    ['@2x', 32],
  ],
  '-light': [
    ['', 16],
    ['@1.5x', 24],
    ['@2x', 32],
  ],
};

/** A call goes out and comes to one of two ends, as in the app's icon. */
const fork = 'M1.6 8h3.6c2.6 0 2.6-4.4 5.2-4.4h3.6M5.2 8c2.6 0 2.6 4.4 5.2 4.4h3.6';
/** The same beside a badge, which takes the lower right. */
const besideBadge = 'M1.6 7h3.2c2.4 0 2.4-4 4.8-4h4.4M4.8 7c2 0 2.4 2.6 3.2 3.6';

/** The drawing of a sign, 16 by 16. No two have the same shape: a colour alone tells nothing. */
export function trayDrawing(sign: TraySign, look: TrayLook): string {
  const ink = { Template: '#000000', '-dark': '#1d1c1a', '-light': '#ffffff' }[look];
  const coloured = (colour: string) => (look === 'Template' ? ink : colour);
  const line = (path: string, more = '') =>
    `<path d="${path}" fill="none" stroke="${ink}" stroke-width="1.7" stroke-linecap="round" ${more}/>`;
  /** A ground with the fork cut out of it. */
  const cutOut = (ground: string) =>
    `<mask id="m"><rect width="16" height="16" fill="#fff"/><path d="M3.4 8h2.4c2 0 2-2.9 4-2.9h2.8M5.8 8c2 0 2 2.9 4 2.9h2.8" fill="none" stroke="#000" stroke-width="1.6" stroke-linecap="round"/></mask><g mask="url(#m)">${ground}</g>`;
  const drawings: Readonly<Record<TraySign, string>> = {
    ready: line(fork),
    practice: line(fork, 'stroke-dasharray="1.6 2.6"'),
    away: `<g opacity="0.45">${line(fork)}</g>`,
    'wrap-up': line(besideBadge) + dots(ink),
    queue: line(besideBadge) + bars(ink),
    unreachable:
      line(besideBadge) +
      `<path d="M12 9l3.6 6.4H8.4z" fill="${coloured('#e5484d')}" stroke="${coloured('#e5484d')}" stroke-linejoin="round"/>`,
    talking: cutOut(`<circle cx="8" cy="8" r="7.6" fill="${coloured('#12a594')}"/>`),
    waiting: cutOut(`<path d="M8 0l8 8-8 8-8-8z" fill="${coloured('#f76b15')}"/>`),
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">${drawings[sign]}</svg>`;
}

function dots(ink: string): string {
  return [9.2, 12, 14.8].map((x) => `<circle cx="${x}" cy="13.4" r="1.1" fill="${ink}"/>`).join('');
}

function bars(ink: string): string {
  return [10, 12.4, 14.8]
    .map((y) => `<rect x="9" y="${y - 0.9}" width="6.4" height="1.4" rx="0.7" fill="${ink}"/>`)
    .join('');
}

/** Every sign; a missing one does not compile. */
export const traySigns = Object.keys({
  waiting: 1,
  talking: 1,
  queue: 1,
  unreachable: 1,
  away: 1,
  'wrap-up': 1,
  ready: 1,
  practice: 1,
} satisfies Record<TraySign, 1>) as TraySign[];
