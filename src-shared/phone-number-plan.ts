import { type PhoneNumber as LibraryNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { remember } from './remember.ts';

/** `special`: toll-free, shared-cost, premium and the like. It is a phone number, but nobody whom Exotel can ring. */
export type PhoneNumberKind = 'mobile' | 'landline' | 'special' | 'other';

/** What digits are by the numbering plan. */
export interface PlannedNumber {
  readonly e164: string;
  readonly isSpecial: boolean;
  readonly kind: PhoneNumberKind;
}

/**
 * Reads the digits of one number, prefixes and all, as somebody in India writes them: `98…`, `098…`, `91 98…`,
 * `091 98…`, `0091 98…`, `+91 98…`, `+91 (0)98…`, a landline with 0 and STD code, other countries with + or 00.
 * Null for everything else, a local number without its STD code included.
 *
 * @param digits ASCII digits only
 * @param plus whether a + stood before them
 */
export function readDigits(digits: string, plus: boolean): PlannedNumber | null {
  if (plus) return readInternational(digits);
  if (digits.startsWith('00')) return readInternational(digits.slice(2));
  const bare = /^[6-9]\d{9}$/;
  const withTrunk = /^0(?:91(?=[6-9]\d{9}$))?(\d{10})$/.exec(digits)?.[1];
  const withCountry = /^910?(\d{10})$/.exec(digits)?.[1];
  const national = bare.test(digits) ? digits : (withTrunk ?? withCountry);
  return national === undefined ? readSpecial(digits) : readNational(national);
}

/** Digits of an international number, a trunk 0 in brackets included: what is shorter or longer is not looked up. */
const shortest = 7;
const longest = 16;

function readInternational(digits: string): PlannedNumber | null {
  const indian = /^910?(\d{10})$/.exec(digits)?.[1];
  if (indian !== undefined) return readNational(indian);
  if (digits.length < shortest || digits.length > longest) return null;
  const library = parsePhoneNumberFromString(`+${digits}`);
  return library?.isValid() === true ? planned(library) : null;
}

/** Toll-free and shared-cost numbers have no trunk 0. */
function readSpecial(digits: string): PlannedNumber | null {
  return /^1[89]\d{8,9}$/.test(digits) ? readInternational(`91${digits}`) : null;
}

/** The placeholder of every form, which the metadata takes for a landline with the STD code 01234. */
const placeholder = '1234567890';

/** Of ten digits, without 0 and STD code's 0. Remembered: a dial reads its number again at each of its doors. */
const readNational = remember((national): PlannedNumber | null => {
  if (national === placeholder) return null;
  const e164 = `+91${national}`;
  // India opens new series on the levels 6 to 9 faster than the metadata follows.
  if (/^[6-9]/.test(national)) {
    return {
      e164,
      isSpecial: false,
      // Looked up where it is asked for: a dial does not ask.
      get kind() {
        return parsePhoneNumberFromString(e164)?.getType() === 'FIXED_LINE' ? 'landline' : 'mobile';
      },
    };
  }
  const library = parsePhoneNumberFromString(e164);
  return library?.isValid() === true ? planned(library) : null;
});

function planned(library: LibraryNumber): PlannedNumber {
  const kind = kindOf(library);
  return { e164: library.number, isSpecial: kind === 'special', kind };
}

function kindOf(library: LibraryNumber): PhoneNumberKind {
  switch (library.getType()) {
    case 'MOBILE':
      return 'mobile';
    case 'FIXED_LINE':
      return 'landline';
    case 'FIXED_LINE_OR_MOBILE':
    case 'PERSONAL_NUMBER':
    case 'VOIP':
    case undefined:
      return 'other';
    case 'TOLL_FREE':
    case 'SHARED_COST':
    case 'PREMIUM_RATE':
    case 'UAN':
    case 'PAGER':
    case 'VOICEMAIL':
      return 'special';
  }
}

/**
 * As people say it: mobile `+91 98450 12345`, landline `080 4719 1234`, other countries `+1 415 555 2671`.
 * What is no number comes back as it is. Remembered: a call is shown again at each of its changes.
 */
export const formatNumber = remember((e164) => {
  if (!/^\+\d{7,15}$/.test(e164)) return e164;
  const library = parsePhoneNumberFromString(e164);
  if (library === undefined) return e164;
  if (library.countryCallingCode !== '91') return library.formatInternational();
  const mobile = /^\+91([6-9]\d{4})(\d{5})$/.exec(e164);
  return mobile === null || kindOf(library) === 'landline'
    ? library.formatNational()
    : `+91 ${mobile[1]} ${mobile[2]}`;
});
