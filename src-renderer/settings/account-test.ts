import { safe } from '@orpc/client';
import { queryOptions } from '@tanstack/react-query';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { type ReasonCode, reasonCodes } from '../../src-shared/errors.ts';
import { missingText } from '../app/account-missing.ts';
import { api } from '../app/api.ts';
import { reasonWords } from '../ui/call-words.ts';
import { t } from '../words/words.ts';

/** Asks Exotel for the account's ExoPhones, when told to; the answer is remembered until the account changes. */
export const accountTestQuery = ({ values }: SettingsView) =>
  queryOptions({
    queryKey: ['account-test', values.host, values.accountSid],
    queryFn: async () => {
      const { data, error, isDefined } = await safe(api.account.test());
      if (data !== undefined) return { ok: true, ...data } as const;
      if (!isDefined) return { ok: false, problem: t('settings.lost') } as const;
      return { ok: false, problem: testProblem(error) } as const;
    },
    enabled: false,
  });

type TestError =
  | { readonly code: 'NOT_SET_UP'; readonly data: { readonly missing: readonly string[] } }
  | {
      readonly code: 'FAILED';
      readonly data: {
        readonly code: string;
        readonly httpStatus: number | null;
        readonly message: string;
      };
    };

function testProblem(error: TestError): string {
  if (error.code === 'NOT_SET_UP') {
    return t('settings.account.testMissing', { names: missingText(error.data.missing) });
  }
  const { code, httpStatus, message } = error.data;
  const words = reasonWords({
    code: isReasonCode(code) ? code : 'refused',
    customerCalled: 'no',
    httpStatus,
    message,
  });
  return [t('settings.account.testFailed', { what: words.what }), words.todo, words.quote]
    .filter((part) => part !== '')
    .join(' ');
}

function isReasonCode(code: string): code is ReasonCode {
  return reasonCodes.some((known) => known === code);
}
