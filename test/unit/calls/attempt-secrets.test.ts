import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeAttemptSecrets, writeCustomField } from '../../../src-main/calls/attempt-secrets.ts';

it('makes two secrets of 128 bits that have nothing in common, and stores only their SHA-256', () => {
  const secrets = makeAttemptSecrets();
  const bytes = [secrets.callback, secrets.customField].map((text) => Buffer.from(text, 'base64url'));
  expect(bytes.map((value) => value.length)).toEqual([16, 16]);
  expect(secrets.callback).not.toBe(secrets.customField);
  expect(secrets.hashes.callback).toBe(createHash('sha256').update(secrets.callback).digest('hex'));
  expect(secrets.hashes.customField).toBe(createHash('sha256').update(secrets.customField).digest('hex'));
});

it('leaves the longest own text within the 128 characters of CustomField', () => {
  const field = writeCustomField(crypto.randomUUID(), makeAttemptSecrets().customField, 'x'.repeat(60));
  expect(field.length).toBeLessThanOrEqual(128);
  expect(field).toMatch(/^1\.[0-9a-f-]{36}\.[\w-]{22} x{60}$/);
});
