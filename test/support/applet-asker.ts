import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { DoorsView } from '../../src-shared/contract/flows.ts';

/** What curl got. */
export interface AppletGot {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

type Urls = NonNullable<DoorsView['urls']>;

/** The applets of a flow, asking by a real curl as Exotel does. */
export interface AppletAsker {
  /** Any URL with any fields. */
  ask(
    url: string,
    fields: Readonly<Record<string, string>>,
    how?: { readonly method?: 'GET' | 'HEAD'; readonly version?: string | null },
  ): Promise<AppletGot>;
  /** Connect, every parameter there is; the numbers it is told to dial. */
  connect(customField: string, more?: Readonly<Record<string, string>>): Promise<readonly string[]>;
}

/** @param urls as they are pasted into the flow */
export function appletAsker(urls: Urls): AppletAsker {
  async function ask(
    ...[url, fields, { method = 'GET', version = null } = {}]: Parameters<AppletAsker['ask']>
  ): Promise<AppletGot> {
    const query = new URLSearchParams(fields);
    const { stdout } = await promisify(execFile)('curl', [
      '-sS',
      ...(method === 'HEAD' ? ['--head', '-o', '/dev/null'] : ['-o', '-']),
      '-w',
      '\n%{http_code} %{content_type}',
      ...(version === null ? [] : ['-H', `Exotel-Version: ${version}`]),
      `${url}?${query.toString()}`,
    ]);
    const [, body = '', status = '', type = ''] = /^(.*)\n(\d{3}) (.*)$/s.exec(stdout) ?? [];
    return { status: Number(status), type, body };
  }

  return {
    ask,
    async connect(customField, more = {}) {
      const { body } = await ask(
        urls.connect,
        { ...connectFields, CustomField: customField, ...more },
        {
          version: '1.0',
        },
      );
      return numbersOf(body);
    },
  };
}

/** As the Connect applet sends them (exotel-flows.md 2). */
export const connectFields = {
  CallSid: 'sid1',
  CallFrom: '08047191234',
  CallTo: '09845012345',
  Direction: 'outbound-dial',
  Created: '2026-11-23 12:00:00',
  StartTime: '2026-11-23 12:00:05',
  EndTime: '1970-01-01 05:30:00',
  CurrentTime: '2026-11-23 12:00:10',
  DialCallDuration: '0',
  CallStatus: 'in-progress',
  CallType: 'call-attempt',
  digits: '"1"',
  flow_id: '29281',
  tenant_id: 'acme1',
} as const;

function numbersOf(body: string): readonly string[] {
  const { destination } = JSON.parse(body) as { readonly destination: { readonly numbers: string[] } };
  return destination.numbers;
}
