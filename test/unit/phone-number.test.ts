import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findPhoneNumbers,
  formatExoPhone,
  formatNumber,
  parseDialable,
  toExotelNational,
} from '../../src-shared/phone-number.ts';

function found(text: string): string[] {
  return findPhoneNumbers(text, 'IN').map((number) => number.e164);
}

const mobile = '+919876543210';
const second = '+919123456789';
const landline = '+918041234567';

describe('findPhoneNumbers finds', () => {
  it.each([
    // Groupings.
    '9876543210',
    '98765 43210',
    '98765-43210',
    '98765 - 43210',
    '98765.43210',
    '98765  43210',
    '9876-543-210',
    '9876 543 210',
    '987 654 3210',
    '987-654-3210',
    '(987) 654-3210',
    '98765 432 10',
    '98 7654 3210',
    '987654 3210',
    '98 76 54 32 10',
    '98-76-54-32-10',
    '98.76.54.32.10',
    // Prefixes.
    '09876543210',
    '0 98765 43210',
    '0-98765-43210',
    '(0) 98765 43210',
    '(0)9876543210',
    '+919876543210',
    '+91 98765 43210',
    '+91-98765-43210',
    '+91-9876543210',
    '+91.98765.43210',
    '+91(98765)43210',
    '+91 (98765) 43210',
    '+91 (0)98765 43210',
    '+91 (0) 98765-43210',
    '+91 0 98765 43210',
    '+91-09876543210',
    '(+91) 98765 43210',
    '(+91)9876543210',
    '[+91] 98765 43210',
    '+(91) 98765 43210',
    '+ 91 98765 43210',
    '+9198765 43210',
    '+91 9876 543 210',
    '919876543210',
    '91 9876543210',
    '91 98765 43210',
    '91-98765-43210',
    '91-9876543210',
    '(91) 98765 43210',
    '0091 98765 43210',
    '00919876543210',
    '0091-9876543210',
    '00 91 98765 43210',
    '091 98765 43210',
    // Characters that people do not see.
    '98765\u00a043210',
    '+91\u00a098765\u00a043210',
    '98765\u202f43210',
    '98765\u200943210',
    '98765\u300043210',
    '98765\u201143210',
    '98765\u201043210',
    '98765\u201343210',
    '98765\u201443210',
    '98765\u221243210',
    '98765\u200b43210',
    '9\u200b8\u200b7\u200b6\u200b5\u200b4\u200b3\u200b2\u200b1\u200b0',
    '98765\u00ad43210',
    '98765\u206043210',
    '\ufeff9876543210',
    '\u202a+91 98765 43210\u202c',
    '\u202d+91\u200e 98765\u200f 43210\u202c',
    '\u2066+919876543210\u2069',
    // Other scripts' digits.
    '९८७६५४३२१०',
    '+९१ ९८७६५ ४३२१०',
    '०९८७६५४३२१०',
    '９８７６５４３２１０',
    '＋９１　９８７６５－４３２１０',
    '（＋９１）９８７６５．４３２１０',
    '৯৮৭৬৫৪৩২১০',
    '௯௮௭௬௫௪௩௨௧௦',
    '٩٨٧٦٥٤٣٢١٠',
    '۹۸۷۶۵۴۳۲۱۰',
    '𝟗𝟖𝟕𝟔𝟓𝟒𝟑𝟐𝟏𝟎',
    '9️⃣8️⃣7️⃣6️⃣5️⃣4️⃣3️⃣2️⃣1️⃣0️⃣',
    // Words and signs around.
    'Call me at 98765 43210 on 12/05/2026 at 10:30',
    'Mob:9876543210',
    'Mob9876543210',
    'Mob.9876543210',
    'Ph-9876543210',
    'Ph: +91-98765-43210.',
    'Ramesh-9876543210',
    'Priya (98765 43210)',
    '(98765 43210)',
    '"9876543210"',
    "'9876543210",
    '<9876543210>',
    '9876543210, Mumbai',
    '9876543210!',
    '9876543210(M)',
    '9876543210 (WhatsApp)',
    '📞9876543210',
    '☎ 98765 43210',
    'मोबाइल 9876543210 पर कॉल करें',
    'मोबाइल9876543210पर',
    '*9876543210*',
    '**98765 43210**',
    '* 9876543210',
    '• 9876543210',
    '1. 9876543210',
    '1) 98765 43210',
    'tel:+919876543210',
    'tel:+91-98765-43210',
    'https://wa.me/919876543210',
    'https://api.whatsapp.com/send?phone=919876543210',
    'phone=9876543210&x=1',
    '9876543210@ybl',
    '@9876543210',
    '98765 43210 (3)',
    '98765 43210 2 missed calls',
    '98765 43210 10:45 pm',
    '2026-11-23 10:30 98765 43210',
    '23-11-2026 98765 43210',
    'Flat 12 98765 43210',
    'Bengaluru 560001 98765 43210',
    'Bengaluru - 560001. Mob 98765 43210',
    '9876543210 400001',
    '98765 43210 400001',
    'Priya\t9876543210\tMumbai\t400001',
    'Since 2026. 98765 43210',
    'Delivery order desk: call 98765 43210',
  ])('%j', (text) => {
    expect(found(text)).toEqual([mobile]);
  });

  it.each([
    ['080-41234567', landline],
    ['08041234567', landline],
    ['(080) 4123 4567', landline],
    ['(080)-4123-4567', landline],
    ['080 - 41234567', landline],
    ['080.41234567', landline],
    ['080 4123 4567', landline],
    ['8041234567', landline],
    ['+91 80 4123 4567', landline],
    ['+91 080 4123 4567', landline],
    ['+91 (80) 4123-4567', landline],
    ['+91-(0)80-41234567', landline],
    ['91-80-41234567', landline],
    ['0091 80 41234567', landline],
    ['०८० ४१२३ ४५६७', landline],
    ['022 6789 0123', '+912267890123'],
    ['022-67890123', '+912267890123'],
    ['+91 22 6789 0123', '+912267890123'],
    ['011-23456789', '+911123456789'],
    ['04842345678', '+914842345678'],
    ['0484-2345678', '+914842345678'],
    ['Tel: 0484 234 5678', '+914842345678'],
    ['079 2658 1234', '+917926581234'],
    ['+1 415 555 2671', '+14155552671'],
    ['+1 (415) 555-2671', '+14155552671'],
    ['+1-415-555-2671', '+14155552671'],
    ['001 415 555 2671', '+14155552671'],
    ['+44 20 7946 0958', '+442079460958'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['+971 50 123 4567', '+971501234567'],
    ['00971 50 123 4567', '+971501234567'],
    ['+65 8123 4567', '+6581234567'],
    // A series that the metadata may not know yet: 6 to 9 is enough.
    ['6000000000', '+916000000000'],
    ['7012345678', '+917012345678'],
  ])('%j', (text, e164) => {
    expect(found(text)).toEqual([e164]);
  });

  it.each([
    '9876543210/9123456789',
    '9876543210 / 9123456789',
    '9876543210, 9123456789',
    '9876543210,9123456789',
    '9876543210;9123456789',
    '9876543210\n9123456789',
    '9876543210\r\n9123456789',
    '9876543210\t9123456789',
    '9876543210 9123456789',
    '9876543210|9123456789',
    '9876543210&9123456789',
    '9876543210-9123456789',
    '98765 43210 or 91234 56789',
    '98765 43210 91234 56789',
    '98765-43210 91234-56789',
    '+91 98765 43210 +91 91234 56789',
    '+919876543210+919123456789',
    '+91 98765 43210 91234 56789',
    '9876543210 (9123456789)',
    '1) 98765 43210 2) 91234 56789',
    '1. 98765 43210\n2. 91234 56789',
    '98765 43210. 91234 56789',
    '९८७६५४३२१०, ９１２３４５６７８９',
    'tel:+919876543210,9123456789',
    '98765 43210 or 91234 56789 or +91-98765-43210 or 09123456789',
  ])('two in %j', (text) => {
    expect(found(text)).toEqual([mobile, second]);
  });

  it('a mobile and a landline in one line', () => {
    expect(found('Mob:9876543210;Ph:080-41234567')).toEqual([mobile, landline]);
    expect(found('080 4123 4567 98765 43210')).toEqual([landline, mobile]);
    expect(found('98765 43210 080 4123 4567')).toEqual([mobile, landline]);
  });

  it.each([
    'Order 12345, call 98765 43210',
    'Order 12345, 98765 43210',
    'Order 12345 - 9876543210',
    'Order no. 12345 Ph 98765 43210',
    'Ref: 123456 Ph: 9876543210',
    'Order, call 9876543210',
    'Invoice 42 of 2026, phone 9876543210',
    'A/c holder mobile: 98765 43210',
    'OTP sent to mobile 9876543210',
    'Rs 500 received from 9876543210',
    '₹1,250.00 from 9876543210',
    'PIN 560001 Ph 9876543210',
    'PIN 560001, 9876543210',
    'GSTIN 29ABCDE1234F1Z5 Mob 9876543210',
    'Aadhaar 1234 5678 9012, Mob 9876543210',
    'UTR 412345678901, mobile 9876543210',
    'Order desk contact 9876543210',
    'Account manager: Priya, 98765 43210',
    'In border towns: 9876543210',
    'Prefer 9876543210',
    'Cars 9876543210',
    'Spinning 9876543210',
    'Your order has been handed over to our rider, 9876543210',
  ])('the phone, and not what is labelled: %j', (text) => {
    expect(found(text)).toEqual([mobile]);
  });
});

describe('findPhoneNumbers does not find', () => {
  it.each([
    '',
    'Priya Sharma',
    // Wrong lengths.
    '98765 4321',
    '987654321',
    '987654321 0',
    '9 876543210',
    '1 800 123 4567',
    '1-800-123-4567',
    '98765432101',
    '98765 432101',
    '98765 43210 1',
    '987654 32101',
    '9876543210123',
    '98765432109876',
    '+91-80-1234',
    '+91 98765 4321',
    '+91 98765 432101',
    '+91',
    '+9876543210',
    '41234567',
    '4123 4567',
    '080-1234',
    '112',
    '1909',
    '00 98765 43210',
    '0098765 43210',
    // Placeholders, and what begins with 1 to 5.
    '1234567890',
    '12345 67890',
    '01234567890',
    '+91 12345 67890',
    '0123456789',
    '5876543210',
    '1732345678',
    // Parts of something longer.
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '4111111111111111',
    '6011 0009 9013 9424',
    '9876 5432 1098 7654',
    '9876-5432-1098-7654',
    '3782 822463 10005',
    '1234 5678 9012',
    '9187 6543 2109',
    '50100 98765 43210',
    '98765 43210 12345',
    '98765-43210-1',
    '1-98765-43210',
    '12345-9876543210',
    '2026-9876543210',
    '9876543210-001',
    '98765.43210.12',
    '+1 98765 43210',
    '+1 9876543210',
    '+1 987 654 3210',
    '+44 12 98765 43210',
    '022 98765 43210',
    '550e8400-e29b-41d4-a716-919876543210',
    // Dates, times, figures.
    '12/05/2026',
    '12-05-2026',
    '12.05.2026',
    '2026-11-23',
    '2026-11-23 10:30:45',
    '2026-11-23T10:30:45+05:30',
    '20261123103045',
    '23 Nov 2026 10:30',
    '09-12-2026 123',
    '09-12-26 98765',
    '98-05-2026 10:30',
    '10:30 9876543',
    '12,34,567.00',
    '98,76,54,321',
    '9,87,65,43,210',
    '9 876 543 210',
    '9,876,543,210',
    '9876543210.50',
    '98765432.10',
    '98765.4321',
    '12.9715987, 77.5945627',
    '77.59456270',
    '0.9876543210',
    '9876543210%',
    '9876543210/-',
    '80000-90000',
    '60000 - 75000',
    // Addresses.
    '192.168.1.100',
    '91.198.174.192',
    '98.76.54.32:1010',
    '10.20.30.40:8080',
    '2.10.987.654',
    'https://shop.example/orders/9876543210',
    'https://shop.example/?id=9876543210',
    'priya.9876543210@gmail.com',
    // Identifiers and codes.
    'TXN9876543210',
    'a9876543210',
    '9876543210ab',
    'user_9876543210',
    'IMG_9876543210.jpg',
    '#9876543210',
    '*99*9876543210#',
    '*121*9876543210*1#',
    '*#06#',
    '29ABCDE1234F1Z5',
    'SBIN0001234',
    // Unbalanced brackets are of the sentence, not of the number.
    '98765 (43210',
    // Not within one line.
    '98765\n43210',
    '98765\t43210',
    'costs 98765. 43210 people',
    'Invoice 42 of 2026',
  ])('anything in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    'Order 9876543210',
    'order: 9876543210',
    'ORDER #9876543210',
    'Order No. 9876543210',
    'Order number is 9876543210',
    'Order\n9876543210',
    'Orders 9876543210',
    'order_id=9876543210',
    'Order ID: AB-9876543210',
    'O\u200brder 9876543210',
    'Ｏｒｄｅｒ 9876543210',
    'Invoice 9876543210',
    'Invoice No: 98765 43210',
    'Invoice dated 12/05/2026: 9876543210',
    'A/c 9876543210',
    'a/c no. 9876543210',
    'A/C: 9876543210',
    'Acct 9876543210',
    'Account 9876543210',
    'Account number: 98765-43210',
    'Acc. no. 9876543210',
    'UTR 9876543210',
    'UTR: 919876543210',
    'Ref 9876543210',
    'Ref. No.: 9876543210',
    'Reference 9876543210',
    'Txn 9876543210',
    'Txn ID 9876543210',
    'OTP 9876543210',
    'OTP is 987654',
    'PIN 9876543210',
    'Pin code 560001',
    'GSTIN 9876543210',
    'Aadhaar 9876543210',
    'Aadhaar: 9876 5432 1098',
    'Aadhaar Card Number: 9876543210',
    'Rs 9876543210',
    'Rs. 98765-43210',
    'Rs9876543210',
    'Rs.9876543210',
    '₹9876543210',
    '₹ 9876543210',
    '₹\u00a09876543210',
    '$9876543210',
    'INR 9876543210',
    'Call about order 9876543210',
    'Mobile account 9876543210',
    'Order ९८७६५४३२१०',
    '(Order: 98765 43210)',
  ])('digits that the text names as something else: %j', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('findPhoneNumbers', () => {
  it('lets a label reach twenty characters, and not further', () => {
    expect(found(`Order${'.'.repeat(20)}9876543210`)).toEqual([]);
    expect(found(`Order${'.'.repeat(21)}9876543210`)).toEqual([mobile]);
  });

  it('gives a number as it stands, as people say it, and its kind', () => {
    expect(findPhoneNumbers('Ph: \u202a(+91) 98765\u00a043210\u202c, 080-41234567', 'IN')).toEqual([
      {
        e164: mobile,
        entered: '(+91) 98765\u00a043210',
        text: '+91 98765 43210',
        kind: 'mobile',
        extension: null,
      },
      { e164: landline, entered: '080-41234567', text: '080 4123 4567', kind: 'landline', extension: null },
    ]);
  });

  it.each([
    '022-67890123 ext 45',
    '022-67890123 ext. 45',
    '022 67890123x45',
    '022-67890123, Extn: 45',
    '022-67890123;ext=45',
  ])('keeps the extension of %j', (text) => {
    expect(findPhoneNumbers(text, 'IN')).toMatchObject([{ e164: '+912267890123', extension: '45' }]);
  });

  it.each(['1800 123 4567', '1800-123-4567', '1860-266-6666', '18001234567', '+91 1800 123 4567'])(
    'marks %j as a number of its own kind',
    (text) => {
      expect(findPhoneNumbers(text, 'IN')).toMatchObject([{ kind: 'special' }]);
    },
  );

  it('keeps the order of a long text and drops repeats', () => {
    const text = `Dear team, ${mobile} wrote on 12/05/2026. Invoice 9876500000 for Rs 12,34,567.00 is due.
      Call 080-41234567 or 09123456789 (not 1234567890). Card 4111 1111 1111 1111. Again: 98765 43210.`;
    expect(found(text)).toEqual([mobile, landline, second]);
  });

  it('reads the first 20,000 characters, and no number that the cut goes through', () => {
    expect(found(`${'x '.repeat(9_990)}9876543210`)).toEqual([mobile]);
    expect(found(`${'x '.repeat(9_995)}9876543210123456789`)).toEqual([]);
    expect(found(`${'x '.repeat(10_000)}9876543210`)).toEqual([]);
  });

  it('never throws, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom(...Array.from('0123456789 -.()+/,\n#*|Rsx₹\u200b९'), 'Order', 'Ph'),
        maxLength: 200,
      }),
    );
    fc.assert(fc.property(text, (value) => Array.isArray(findPhoneNumbers(value, 'IN'))));
  });

  it('finds only what can be dialled as it stands, special numbers aside', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('0123456789999 -.()+')), maxLength: 60 });
    fc.assert(
      fc.property(text, (value) => {
        for (const { e164, entered, kind } of findPhoneNumbers(value, 'IN')) {
          expect(e164).toMatch(/^\+[1-9]\d{6,14}$/);
          expect(value).toContain(entered);
          if (kind !== 'special') expect(parseDialable(entered, 'IN')).toEqual({ e164 });
        }
      }),
    );
  });

  it('finds every Indian mobile number in every usual writing', () => {
    const writings = [
      (n: string) => n,
      (n: string) => `0${n}`,
      (n: string) => `+91${n}`,
      (n: string) => `91-${n}`,
      (n: string) => `+91 ${n.slice(0, 5)} ${n.slice(5)}`,
      (n: string) => `${n.slice(0, 5)} ${n.slice(5)}`,
      (n: string) => `${n.slice(0, 4)} ${n.slice(4, 7)} ${n.slice(7)}`,
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 6_000_000_000, max: 9_999_999_999 }),
        fc.constantFrom(...writings),
        (number, write) => {
          expect(found(`Ph: ${write(String(number))}, Mumbai`)).toEqual([`+91${number}`]);
        },
      ),
    );
  });

  it.each([
    ['digits', '1'.repeat(20_000)],
    ['spaced digits', '98 '.repeat(6_600)],
    ['brackets', '(9-'.repeat(6_600)],
    ['dots', '9.'.repeat(10_000)],
    ['labels', 'order '.repeat(3_300)],
    ['plus signs', '+9'.repeat(10_000)],
    ['numbers', '9876543210 '.repeat(1_800)],
    ['invisible characters', '\u200b'.repeat(20_000)],
    ['addresses', 'https://a '.repeat(2_000)],
    ['asterisks', '*'.repeat(20_000)],
  ])('ends on a text of nothing but %s', (_, text) => {
    expect(found(text).length).toBeLessThanOrEqual(1);
  });
});

describe('parseDialable', () => {
  it.each([
    ['9876543210', mobile],
    [' +91 98765 43210 ', mobile],
    ['9 8 7 6 5 4 3 2 1 0', mobile],
    ['(098765) 43210', mobile],
    ['tel:+91-98765-43210', mobile],
    ['९८७६५ ४३२१०', mobile],
    ['Ph: 98765 43210 (office)', mobile],
    ['080-41234567', landline],
    ['08030752400', '+918030752400'],
    ['+14155552671', '+14155552671'],
    ['0014155552671', '+14155552671'],
  ])('reads %j', (entered, e164) => {
    expect(parseDialable(entered, 'IN')).toEqual({ e164 });
  });

  it.each([
    '',
    '   ',
    'Priya',
    '1234567890',
    '12345',
    '987654321',
    '98765432101',
    '41234567',
    // No customer has these.
    '1800 123 4567',
    '1860 266 6666',
    '+91 1800 123 4567',
    '18001234567',
    '+80012345678',
    '140 987 6543',
    '100',
    '108',
    '112',
    '1909',
    '911',
    '198',
    // Codes.
    '*99#',
    '*#06#',
    '9876543210#',
    '*9876543210*',
    '+91*9876543210',
    // Nobody would press it.
    '022-67890123 ext 45',
    '022-67890123x45',
    '022-67890123,45',
    '022-67890123;45',
    // More than one, or more than a number.
    '9876543210/9123456789',
    '9876543210, 9123456789',
    '98765 43210 and 12345',
    'Order 9876543210',
    '98765 43210\n1',
    '1-800-FLOWERS',
    '++919876543210',
    '+91+9876543210',
    `98765${' '.repeat(300)}43210`,
  ])('refuses %j', (entered) => {
    expect(parseDialable(entered, 'IN')).toEqual({ e164: null });
  });
});

describe('toExotelNational', () => {
  it.each([
    ['+919052161119', '09052161119'],
    ['+918030752400', '08030752400'],
    ['+914842345678', '04842345678'],
  ])("writes %s in the seed's form", (e164, national) => {
    expect(toExotelNational(e164)).toBe(national);
  });

  it.each(['+14155552671', '+9118001234567', '+971501234567', '9052161119', ''])(
    'has none for %j',
    (e164) => {
      expect(toExotelNational(e164)).toBeNull();
    },
  );
});

describe('formatNumber', () => {
  it.each([
    ['+919845012345', '+91 98450 12345'],
    ['+918047191234', '080 4719 1234'],
    ['+912267890123', '022 6789 0123'],
    ['+914842345678', '0484 234 5678'],
    ['+9118001234567', '1800 123 4567'],
    ['+14155552671', '+1 415 555 2671'],
    ['+971501234567', '+971 50 123 4567'],
    ['nonsense', 'nonsense'],
    ['', ''],
  ])('%s is said %s', (e164, text) => {
    expect(formatNumber(e164)).toBe(text);
  });
});

describe('formatExoPhone', () => {
  it.each([
    ['08047191234', '080 4719 1234'],
    ['+918047191234', '080 4719 1234'],
    ['8047191234', '080 4719 1234'],
    ['918047191234', '080 4719 1234'],
    ['080-47191234', '080 4719 1234'],
    ['09513886363', '+91 95138 86363'],
    ['18001234567', '1800 123 4567'],
    ['1600123', '1600123'],
    ['my exophone', 'my exophone'],
    ['', ''],
  ])('%s is said %s', (number, text) => {
    expect(formatExoPhone(number)).toBe(text);
  });
});
