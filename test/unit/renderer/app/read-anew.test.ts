import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, onTestFinished } from 'vitest';
import { readAnew } from '../../../../src-renderer/app/read-anew.ts';

const queryKey = ['verdict', 'a number'];

/** A query that is shown; `answers` end its reads, in the order in which they began. */
function shown() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  const answers: ((value: string) => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey,
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
  });
  onTestFinished(observer.subscribe(() => {}));
  return { client, answers, value: () => client.getQueryData<string>(queryKey) };
}

it('a first read that is under way when something changes is begun anew, and its answer does not stand', async () => {
  const { client, answers, value } = shown();
  await expect.poll(() => answers.length).toBe(1);
  readAnew(client, { queryKey: ['verdict'] });
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.('after the change');
  await expect.poll(value).toBe('after the change');
  answers[0]?.('before the change');
  await Promise.resolve();
  expect(value()).toBe('after the change');
});

it('what was read before is read again', async () => {
  const { client, answers, value } = shown();
  await expect.poll(() => answers.length).toBe(1);
  answers[0]?.('before the change');
  await expect.poll(value).toBe('before the change');
  readAnew(client, { queryKey: ['verdict'] });
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.('after the change');
  await expect.poll(value).toBe('after the change');
});
