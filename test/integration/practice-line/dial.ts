import { request } from 'undici';
import type { PracticeLine } from '../../../src-main/practice-line/practice-line.ts';

function ask(line: PracticeLine, path: string, form: Readonly<Record<string, string>> | null) {
  const { accountSid, apiKey, apiToken, origin } = line.account;
  return request(new URL(`/v1/Accounts/${accountSid}/${path}`, origin), {
    method: form === null ? 'GET' : 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${apiKey}:${apiToken}`).toString('base64')}`,
      ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form === null ? {} : { body: new URLSearchParams(form).toString() }),
  });
}

/** Asks the practice line for a call: the status of its answer, and the Sid where there is one. */
export async function dial(
  line: PracticeLine,
  form: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly sid: string; readonly text: string }> {
  const answer = await ask(line, 'Calls/connect.json', {
    CallerId: line.callerId,
    CallType: 'trans',
    ...form,
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, sid: JSON.parse(text).Call?.Sid ?? '', text };
}

/** The calls that a search shows, as JSON. */
export async function search(line: PracticeLine, query: Readonly<Record<string, string>>) {
  const answer = await ask(line, `Calls.json?${new URLSearchParams(query)}`, null);
  const { Calls } = JSON.parse(await answer.body.text());
  return Calls;
}
