import Busboy from '@fastify/busboy';
import { Refusal } from './refusal.ts';

/** A callback's fields by name, in the order they came, without a prototype: `__proto__` is a name like any other. */
export type Fields = Readonly<Record<string, unknown>>;

/** Room for the wider StatusCallback payload with its `Legs[0][…]`, about 40 fields. */
const maxFields = 64;
const maxNameLength = 100;
const maxValueLength = 8192;

/**
 * Reads the fields of a callback: multipart/form-data (Exotel's default), urlencoded, or a JSON object. Where a field
 * comes twice, the last one counts.
 *
 * @throws {Refusal} 415 for any other type, or a multipart one without its boundary; 413 where a limit is passed,
 * never a field cut short; 400 for what cannot be read.
 */
export async function readFields(contentType: string, body: Buffer): Promise<Fields> {
  const mediaType = contentType.replace(/;.*$/s, '').trim().toLowerCase();
  switch (mediaType) {
    case 'multipart/form-data':
      return readMultipart(contentType, body);
    case 'application/x-www-form-urlencoded':
      return readUrlencoded(body);
    case 'application/json':
      return readJson(body);
    default:
      throw new Refusal(415);
  }
}

function readMultipart(contentType: string, body: Buffer): Promise<Fields> {
  return new Promise((resolve, reject) => {
    const refuse = (status: Refusal['status']) => reject(new Refusal(status));
    const fields = noFields();
    const parser = multipartParser(contentType);
    // Busboy cuts what passes a limit and goes on: each of its signs for that refuses the whole.
    parser.on('field', (name, value, _nameCut, valueCut) => {
      if (typeof name !== 'string') refuse(400);
      else if (valueCut || name.length > maxNameLength) refuse(413);
      else fields[name] = value;
    });
    parser.on('partsLimit', () => refuse(413));
    parser.on('fieldsLimit', () => refuse(413));
    parser.on('filesLimit', () => refuse(413));
    parser.on('error', () => refuse(400));
    parser.on('finish', () => resolve(fields));
    parser.end(body);
  });
}

function multipartParser(contentType: string) {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: { fields: maxFields, parts: maxFields, files: 0, fieldSize: maxValueLength },
    });
  } catch {
    // No boundary in the header.
    throw new Refusal(415);
  }
}

function readUrlencoded(body: Buffer): Fields {
  const pairs = new URLSearchParams(body.toString('utf8'));
  if (pairs.size > maxFields) throw new Refusal(413);
  const fields = noFields();
  for (const [name, value] of pairs) {
    if (name.length > maxNameLength || value.length > maxValueLength) throw new Refusal(413);
    fields[name] = value;
  }
  return fields;
}

function readJson(body: Buffer): Fields {
  const value = parseJson(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(400);
  return Object.assign(noFields(), value);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refusal(400);
  }
}

function noFields(): Record<string, unknown> {
  return Object.create(null);
}
