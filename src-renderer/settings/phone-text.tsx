import { useQuery } from '@tanstack/react-query';
import { phoneTextQuery } from '../app/queries.ts';

/** `+91 98450 43210` of E.164; the plain digits until it is known. */
export function usePhoneText(number: string): string {
  const { data } = useQuery(phoneTextQuery(number));
  return data ?? number;
}
