import { readFileSync } from 'node:fs';
import { create, createRegistry, type DescMessage, fromBinary, toBinary } from '@bufbuild/protobuf';
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';
import { bytesToHex, hexToBytes } from '@snetkit/core';
import { expect, test } from 'vitest';
import { file_configuration_service } from './configuration.ts';
import { file_control_service } from './control.ts';
import { findMethod } from './find-method.ts';
import { file_state_service } from './state.ts';
import { file_token_service } from './token.ts';
import { file_training_daemon } from './training.ts';

type Fields = { readonly [name: string]: string | number | readonly number[] | Fields };

interface Vector {
  readonly rpc: string;
  readonly message: string;
  readonly fields: Fields;
  readonly encoded: `0x${string}`;
}

const path = new URL('../fixtures/protobuf-messages.json', import.meta.url);
const vectors: readonly Vector[] = JSON.parse(readFileSync(path, 'utf8')).messages;

const registry = createRegistry(
  file_state_service,
  file_control_service,
  file_token_service,
  file_configuration_service,
  file_training_daemon,
);

test('default', () => {
  expect(vectors.length).toBe(10);
});

test.each(vectors)('behavior: $message encodes to the bytes of the vector', (vector) => {
  const desc = findMessage(vector);
  const message = create(desc);
  fill(reflect(desc, message), vector.fields);
  expect(bytesToHex(toBinary(desc, message))).toBe(vector.encoded);
});

test.each(vectors)(
  'behavior: the bytes of $message decode to the fields of the vector',
  (vector) => {
    const desc = findMessage(vector);
    const message = reflect(desc, fromBinary(desc, hexToBytes(vector.encoded)));
    expect(read(message)).toEqual(normalise(message, vector.fields));
    expect(message.getUnknown()).toBeUndefined();
  },
);

function findMessage({ rpc, message }: Vector): DescMessage {
  const { input, output } = findMethod(registry, rpc);
  const desc = [input, output].find(({ name }) => name === message);
  if (desc === undefined) throw new TypeError(`${rpc} has no message ${message}`);
  return desc;
}

/** Bytes are hex with an optional remark behind it. */
function toScalar(value: string | number | Fields | readonly number[], bytes: boolean): unknown {
  if (typeof value === 'number') return BigInt(value);
  return bytes ? hexToBytes(String(value).split(' ')[0] as `0x${string}`) : value;
}

const isBytes = (scalar: number | undefined) => scalar === 12;

function fill(message: ReflectMessage, fields: Fields): void {
  for (const field of message.fields) {
    const value = fields[field.name];
    if (value === undefined) continue;
    if (field.fieldKind === 'message') {
      const inner = reflect(field.message);
      fill(inner, value as Fields);
      message.set(field, inner);
    } else if (field.fieldKind === 'list') {
      for (const item of value as readonly number[]) message.get(field).add(BigInt(item));
    } else message.set(field, toScalar(value, isBytes(field.scalar)));
  }
}

function read(message: ReflectMessage): unknown {
  const entries = message.fields
    .filter((field) => message.isSet(field))
    .map((field) => {
      const value = message.get(field);
      if (field.fieldKind === 'message') return [field.name, read(value as ReflectMessage)];
      return [field.name, field.fieldKind === 'list' ? [...(value as Iterable<unknown>)] : value];
    });
  return Object.fromEntries(entries);
}

/** The fields of a vector as they read back; a zero of proto3 is not on the wire. */
function normalise(message: ReflectMessage, fields: Fields): unknown {
  const entries = message.fields.flatMap((field): [string, unknown][] => {
    const value = fields[field.name];
    if (value === undefined || value === 0) return [];
    if (field.fieldKind === 'message') {
      return [[field.name, normalise(message.get(field) as ReflectMessage, value as Fields)]];
    }
    if (Array.isArray(value)) return [[field.name, value.map(BigInt)]];
    return [[field.name, toScalar(value, isBytes(field.scalar))]];
  });
  return Object.fromEntries(entries);
}
