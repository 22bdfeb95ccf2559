import { expect, it } from 'vitest';
import { createCallBook } from '../../../src-main/practice-line/call-book.ts';

const call = (sid: string, status = 'queued') => ({
  sid,
  status,
  from: '',
  to: '',
  exoPhone: '',
  createdAt: 0,
  updatedAt: 0,
  endedAt: null,
  recordingUrl: null,
});

it('keeps the last 10,000 calls, each as it was last written', () => {
  const book = createCallBook();
  for (let i = 0; i <= 10_000; i++) book.write(call(String(i)));
  book.write(call('1', 'completed'));
  expect(book.get('0')).toBeUndefined();
  expect(book.get('1')?.status).toBe('completed');
  expect(book.all()).toHaveLength(10_000);
});
