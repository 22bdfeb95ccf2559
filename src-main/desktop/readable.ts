/** How much of a foreign text is shown where a person is told what was read, in characters as people count them. */
const mostCharacters = 80;

/** Looked at, UTF-16 units: a selection may be a whole book. */
const mostUnits = 2000;

/** Control characters, direction marks, zero-width characters and halves of characters: a text could pass for another. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** Joiners, without which words of Indian scripts and emoji fall apart. They turn no text around. */
const joiners = /[\u200C\u200D]/;

/** A foreign text in one short line that shows what it is: for telling what was read, never for reading numbers. */
export function readable(text: string): string {
  const line = text
    .slice(0, mostUnits)
    .replaceAll(/\s/g, ' ')
    .replaceAll(unseen, (character) => (joiners.test(character) ? character : ''))
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  const characters = Array.from(new Intl.Segmenter().segment(line), ({ segment }) => segment);
  if (characters.length <= mostCharacters && text.length <= mostUnits) return line;
  return `${characters.slice(0, mostCharacters).join('').trimEnd()}…`;
}
