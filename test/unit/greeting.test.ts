import { describe, expect, it } from 'vitest';
import type { Flow } from '../../src-shared/flow.ts';
import { writeGreeting } from '../../src-shared/greeting.ts';

const template = 'Hello {first}, please hold the line for {rep}.';
const fallback = 'Hello, please hold the line for {rep}.';

function greet(
  name: string,
  more: {
    readonly template?: string;
    readonly fallback?: string;
    readonly voice?: Flow['voice'];
    readonly rep?: string;
  } = {},
): string {
  return writeGreeting(more.template ?? template, more.fallback ?? fallback, more.voice ?? 'latin', {
    name,
    rep: more.rep ?? 'Asha',
  });
}

describe('a greeting', () => {
  it.each([
    ['Priya Sharma', 'Hello Priya, please hold the line for Asha.'],
    ['  Priya   Sharma ', 'Hello Priya, please hold the line for Asha.'],
    ['Renée D’Souza', 'Hello Renée, please hold the line for Asha.'],
    ['O’Brien & Sons (Pvt.)', 'Hello O’Brien, please hold the line for Asha.'],
    ['24/7-Taxi', 'Hello 24/7-Taxi, please hold the line for Asha.'],
  ])('speaks to %j by the first word of the name', (name, spoken) => {
    expect(greet(name)).toBe(spoken);
  });

  it.each([
    ['has no name', ''],
    ['has nothing but blanks for a name', '   '],
    ['is written in Devanagari, which a Latin voice cannot speak', 'प्रिया शर्मा'],
    ['is written in Tamil', 'பிரியா'],
    ['holds signs that would be spelt', '☎ Priya'],
  ])('is the fallback where the customer %s', (_, name) => {
    expect(greet(name)).toBe('Hello, please hold the line for Asha.');
  });

  it('takes the whole name where the template asks for it, and judges it whole', () => {
    const whole = { template: 'Namaste {name}.', fallback: 'Namaste.' };
    expect(greet('Priya Sharma', whole)).toBe('Namaste Priya Sharma.');
    expect(greet('Priya शर्मा', whole)).toBe('Namaste.');
    // The first word alone can be spoken.
    expect(greet('Priya शर्मा')).toBe('Hello Priya, please hold the line for Asha.');
  });

  it.each<[Flow['voice'], string, string]>([
    ['latin', 'Priya', 'Namaste Priya.'],
    ['latin', 'प्रिया', 'Namaste.'],
    ['devanagari', 'प्रिया', 'Namaste प्रिया.'],
    ['devanagari', 'Priya', 'Namaste.'],
    ['any', 'Priya', 'Namaste Priya.'],
    ['any', 'प्रिया', 'Namaste प्रिया.'],
    ['any', 'பிரியா', 'Namaste பிரியா.'],
    ['any', ' ', 'Namaste.'],
  ])('of a %s voice speaks to %j: %s', (voice, name, spoken) => {
    expect(greet(name, { voice, template: 'Namaste {first}.', fallback: 'Namaste.' })).toBe(spoken);
  });

  it('leaves out of the fallback what cannot be filled in, without a gap before the next sign', () => {
    const both = { fallback: 'Hello {first} , {rep} will be with you !' };
    expect(greet('', both)).toBe('Hello, Asha will be with you!');
    expect(greet('', { ...both, rep: '' })).toBe('Hello, will be with you!');
    expect(greet('प्रिया', { fallback: 'नमस्ते {first} ।' })).toBe('नमस्ते।');
  });

  it('is the fallback where the rep is not known, and the template asks for them', () => {
    expect(greet('Priya', { rep: '', fallback: 'Hello {first}, please hold the line.' })).toBe(
      'Hello Priya, please hold the line.',
    );
    expect(greet('Priya', { rep: '', template: 'Hello {first}.' })).toBe('Hello Priya.');
  });

  it('fills in each place, however often, and leaves other braces as they are', () => {
    const often = { template: '{first}? {first}! {rep} has {news} for {first}.' };
    expect(greet('Priya', often)).toBe('Priya? Priya! Asha has {news} for Priya.');
  });

  it('takes a name for text only: what looks like a template in it stays', () => {
    expect(greet('{rep}', { voice: 'any', template: 'Hello {name}.' })).toBe('Hello {rep}.');
    expect(greet('$& $1', { voice: 'any', template: 'Hello {name}.' })).toBe('Hello $& $1.');
  });

  it('joins lines and runs of blanks to one line', () => {
    expect(greet('Priya', { template: ' Hello\n{first},\t  good day. ' })).toBe('Hello Priya, good day.');
  });

  it('without any placeholder is spoken as it is, whoever is called', () => {
    expect(greet('', { template: 'Hello.', fallback: 'Other.' })).toBe('Hello.');
  });

  it('is empty where nothing is left to say', () => {
    expect(greet('', { template: '{first}', fallback: '' })).toBe('');
  });
});
