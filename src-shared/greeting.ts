import type { Flow } from './flow.ts';

/** What a template's `{…}` stand for; empty: not known. */
export interface GreetingNames {
  readonly name: string;
  readonly rep: string;
}

const placeholder = /\{(name|first|rep)\}/g;

/** What each script's voice can speak; a name in another script would be spelt or swallowed. */
const speakable: Readonly<Record<Flow['voice'], RegExp>> = {
  latin: /^[\p{Script=Latin}\p{M}\d\s.,'’&()/-]+$/u,
  devanagari: /^[\p{Script=Devanagari}\p{M}\d\s.,'’&()/-]+$/u,
  any: /\S/u,
};

/**
 * What the flow's voice speaks: the template with `{name}`, `{first}` (the first word of the name) and `{rep}` filled in. Where one of these is not known, or the voice cannot speak it, the fallback, from which what
 * cannot be filled in is left out.
 */
export function writeGreeting(
  template: string,
  fallback: string,
  voice: Flow['voice'],
  names: GreetingNames,
): string {
  const values = { ...names, first: names.name.trim().split(/\s+/)[0] ?? '' };
  const spoken = (key: string): string => {
    const value =
      Object.entries(values)
        .find(([name]) => name === key)?.[1]
        .trim() ?? '';
    return speakable[voice].test(value) ? value : '';
  };
  const isWhole = Array.from(template.matchAll(placeholder), ([, key = '']) => spoken(key)).every(
    (value) => value !== '',
  );
  const text = (isWhole ? template : fallback).replaceAll(placeholder, (_, key: string) => spoken(key));
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ (?=[,.!?;:।])/g, '')
    .trim();
}
