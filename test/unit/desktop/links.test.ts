import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linksFromArguments, parseLink } from '../../../src-main/desktop/links.ts';

const mobile = '+919876543210';

describe('a link', () => {
  it.each([
    // RFC 3966: visual separators, a global number, percent-encoding.
    ['tel:+919876543210', mobile],
    ['tel:+91-98765-43210', mobile],
    ['tel:+91.98765.43210', mobile],
    ['tel:+91(98765)43210', mobile],
    ['tel:+91%2098765%2043210', mobile],
    ['tel:%2B919876543210', mobile],
    ['TEL:+91-98765-43210', mobile],
    ['tel:+1-415-555-2671', '+14155552671'],
    // What browsers and people make of it.
    ['tel:98765 43210', mobile],
    ['tel:098765-43210', mobile],
    ['tel:+91 (0)98765-43210', mobile],
    ['tel:%28080%29%204123-4567', '+918041234567'],
    ['tel:00919876543210', mobile],
    ['tel://+919876543210/', mobile],
    [
      'tel:%E0%A5%AF%E0%A5%AE%E0%A5%AD%E0%A5%AC%E0%A5%AB%E0%A5%AA%E0%A5%A9%E0%A5%A8%E0%A5%A7%E0%A5%A6',
      mobile,
    ],
    [' tel:9876543210\n', mobile],
    ['callto:+919876543210', mobile],
    ['callto://98765%2043210?call', mobile],
    // Local numbers are of the context that the link names.
    ['tel:41234567;phone-context=+91-80', '+918041234567'],
    ['tel:9876543210;phone-context=+91', mobile],
    ['tel:09876543210;phone-context=+91', mobile],
    ['tel:(415)555-2671;Phone-Context=+1', '+14155552671'],
    ['tel:9876543210;phone-context=example.com', mobile],
    ['tel:+919876543210;phone-context=+1', mobile],
    ['tel:+919876543210;isub=12;tgrp=x', mobile],
    ['flowdial:dial?number=%2B919876543210', mobile],
    ['flowdial:dial?number=+14155552671', '+14155552671'],
    ['flowdial://dial/?number=098765%2043210', mobile],
  ])('%j fills the card with %s', (link, e164) => {
    expect(parseLink(link)).toMatchObject({ kind: 'dial', number: { e164 }, flow: null });
  });

  it.each([
    ['tel:+912267890123;ext=45', '45'],
    ['tel:+91-22-6789-0123;EXT=4-5', '45'],
    ['tel:+912267890123,,45', '45'],
    ['tel:+912267890123p45', '45'],
    ['tel:+912267890123', null],
  ])('%j keeps the extension apart from the number', (link, extension) => {
    expect(parseLink(link)).toMatchObject({ number: { e164: '+912267890123', extension } });
  });

  it('shows the number as it is written and as people say it', () => {
    expect(parseLink('tel:+91-98765-43210;ext=7')).toEqual({
      kind: 'dial',
      number: {
        e164: mobile,
        entered: '+91-98765-43210',
        text: '+91 98765 43210',
        kind: 'mobile',
        extension: '7',
        callable: true,
      },
      flow: null,
    });
    expect(parseLink('tel:18001234567')).toMatchObject({ number: { kind: 'special', callable: false } });
  });

  it('names the flow, where it is ours', () => {
    expect(parseLink('flowdial:dial?number=9876543210&flow=Demo%20reminder')).toMatchObject({
      flow: 'Demo reminder',
    });
    expect(parseLink('flowdial:dial?flow=&number=9876543210&campaign=x')).toMatchObject({ flow: null });
    expect(parseLink('tel:9876543210?flow=Demo')).toMatchObject({ flow: null });
  });

  it.each([
    // The closest peer dials +91, +91 and 080 (peers.md, A).
    ['tel:+91-80-1234', 'no-number'],
    ['tel:+91%2080%201234', 'no-number'],
    ['tel:(080)1234', 'no-number'],
    ['tel:', 'no-number'],
    ['tel:+', 'no-number'],
    ['tel:112', 'no-number'],
    ['tel:7042;phone-context=example.com', 'no-number'],
    ['tel:1-800-FLOWERS', 'no-number'],
    ['tel:9876543210x', 'no-number'],
    ['callto:priya.sharma', 'no-number'],
    ['callto:sip:9876543210@example.com', 'no-number'],
    ['flowdial:dial', 'no-number'],
    ['flowdial:dial?flow=Demo', 'no-number'],
    ['tel:9876543210,9123456789', 'several-numbers'],
    ['tel:+919876543210,9876543211/12', 'several-numbers'],
    ['tel:*21*9876543210#', 'code'],
    ['tel:%2A%2306%23', 'code'],
    ['tel:9876543210#', 'code'],
    ['tel:9876543210;ext=*1', 'code'],
    ['tel:＊21＃', 'code'],
    ['callto:%23', 'code'],
    ['flowdial:dial?number=*121%23', 'code'],
    ['tel:--gpu-launcher=calc', 'option'],
    ['tel:%2D%2D9876543210', 'option'],
    ['flowdial:dial?number=--9876543210', 'option'],
    ['flowdial:call?number=9876543210', 'unknown-action'],
    ['flowdial:9876543210', 'unknown-action'],
    ['flowdial:dial?number=9876543210&number=9123456789', 'malformed'],
    ['tel:9876543210;ext=1;ext=2', 'malformed'],
    ['tel:9876543210;ext=abc', 'malformed'],
    ['tel:98765%43210%', 'malformed'],
    ['tel:98765%0A43210', 'malformed'],
    ['tel:98765\u000043210', 'malformed'],
    [`tel:9876543210;x=${'y'.repeat(2048)}`, 'too-long'],
    [`flowdial:dial?number=9876543210&flow=${'y'.repeat(101)}`, 'too-long'],
    ['https://example.com/tel:9876543210', 'no-link'],
    ['javascript:alert(1)', 'no-link'],
    ['9876543210', 'no-link'],
    ['--tel:9876543210', 'no-link'],
    ['', 'no-link'],
  ])('%j is refused: %s', (link, problem) => {
    expect(parseLink(link)).toMatchObject({ kind: 'refused', problem });
  });

  it('that is refused is shown short and safe', () => {
    const { kind, shown } = { shown: '', ...parseLink(`tel:\u202E${'1'.repeat(3000)}`) };
    expect([kind, shown]).toEqual(['refused', `tel:${'1'.repeat(76)}…`]);
  });

  it('never throws, and never gives a number whose digits it does not hold', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('+91', '98765', '43210', ';ext=', ',', '%', '%2B', ';phone-context=', '?number='),
    );
    const link = fc.tuple(fc.constantFrom('tel:', 'callto:', 'flowdial:dial?number='), fc.array(part));
    fc.assert(
      fc.property(link, ([scheme, parts]) => {
        const read = parseLink(scheme + parts.join(''));
        if (read.kind === 'dial') expect(read.number.e164).toMatch(/^\+\d{7,15}$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a command line', () => {
  it('brings its link, wherever it stands', () => {
    expect(
      linksFromArguments(['C:\\Flowdial\\Flowdial.exe', '--allow-file-access', 'tel:+919876543210']),
    ).toEqual(['tel:+919876543210']);
    expect(linksFromArguments(['/usr/bin/flowdial', 'FLOWDIAL:dial?number=1', '.'])).toEqual([
      'FLOWDIAL:dial?number=1',
    ]);
  });

  it('without a link brings none', () => {
    expect(linksFromArguments(['/opt/tel/flowdial', '.', 'https://example.com/?tel:1'])).toEqual([]);
  });

  it('brings nothing by an option, whatever it holds', () => {
    const options = ['--tel:9876543210', '--x=tel:9876543210', '-tel:9876543210', '--', '--data-dir'];
    expect(linksFromArguments(['flowdial', ...options])).toEqual([]);
  });

  it('brings several links, the same one once', () => {
    const links = ['tel:1', 'tel:2', 'callto:3', 'tel:1'];
    expect(linksFromArguments(['flowdial', ...links])).toEqual(['tel:1', 'tel:2', 'callto:3']);
  });
});
