import {
  BaseError,
  type FieldReader,
  type JsonValue,
  parseJson,
  readFields,
  stringifyJson,
} from '@snetkit/core';
import type { Fees } from '../fees/fees.ts';
import type { JournalRecord, TransactionEnd, TransactionVersion } from './journal-record.ts';

/** Version of the stored form. */
const format = 1;

/** A record as text; amounts are decimal strings. */
export function encodeJournalRecord(record: JournalRecord): string {
  const { value, gas, nonce, holder, versions, end, ...rest } = record;
  return stringifyJson({
    ...rest,
    format,
    value: value.toString(),
    gas: gas.toString(),
    nonce: nonce ?? null,
    holder: holder ?? null,
    end: end === undefined ? null : { ...end },
    versions: versions.map(({ raw, fees, ...version }) => ({
      ...version,
      raw: raw ?? null,
      fees: encodeFees(fees),
    })),
  });
}

/**
 * Reads a record.
 *
 * @param place - file and record, for the error
 * @throws BaseError `JOURNAL_INVALID`
 */
export function decodeJournalRecord(text: string, place: string): JournalRecord {
  const read = readObject(parse(text, place), place);
  if (read.number('format') !== format) failAt(place)('format', String(format));
  return {
    id: read.text('id'),
    key: read.text('key'),
    isKeyed: read.boolean('isKeyed'),
    chainId: read.number('chainId'),
    genesis: read.hex('genesis'),
    address: read.hex('address', 20),
    purpose: read.text('purpose'),
    to: read.hex('to', 20),
    value: read.amount('value'),
    data: read.hex('data'),
    gas: read.amount('gas'),
    nonce: read.has('nonce') ? read.number('nonce') : undefined,
    holder: read.has('holder') ? read.text('holder') : undefined,
    startedAt: read.number('startedAt'),
    versions: read
      .list('versions')
      .map((item, index) => decodeVersion(item, `${place}, versions[${index}]`)),
    end: read.has('end') ? decodeEnd(read.field('end'), `${place}, end`) : undefined,
  };
}

function encodeFees(fees: Fees): Record<string, string> {
  if (fees.type === 'legacy') return { type: fees.type, gasPrice: fees.gasPrice.toString() };
  return {
    type: fees.type,
    maxFeePerGas: fees.maxFeePerGas.toString(),
    maxPriorityFeePerGas: fees.maxPriorityFeePerGas.toString(),
  };
}

function decodeVersion(value: JsonValue, place: string): TransactionVersion {
  const read = readObject(value, place);
  return {
    hash: read.hex('hash', 32),
    raw: read.has('raw') ? read.hex('raw') : undefined,
    kind: readChoice(read, 'kind', { place, of: ['original', 'speed-up', 'cancel'] }),
    fees: decodeFees(read.field('fees'), `${place}, fees`),
    signedAt: read.number('signedAt'),
  };
}

function decodeFees(value: JsonValue, place: string): Fees {
  const read = readObject(value, place);
  const type = readChoice(read, 'type', { place, of: ['eip1559', 'legacy'] });
  if (type === 'legacy') return { type, gasPrice: read.amount('gasPrice') };
  return {
    type,
    maxFeePerGas: read.amount('maxFeePerGas'),
    maxPriorityFeePerGas: read.amount('maxPriorityFeePerGas'),
  };
}

function decodeEnd(value: JsonValue, place: string): TransactionEnd {
  const read = readObject(value, place);
  return {
    kind: readChoice(read, 'kind', { place, of: ['mined', 'cancelled', 'superseded'] }),
    hash: read.hex('hash', 32),
  };
}

function readChoice<const choice extends string>(
  read: FieldReader,
  name: string,
  { place, of }: { place: string; of: readonly choice[] },
): choice {
  const text = read.text(name);
  return of.find((one) => one === text) ?? failAt(place)(name, of.join(' or '));
}

function readObject(value: JsonValue, place: string): FieldReader {
  return readFields(value, failAt(place));
}

function parse(text: string, place: string): JsonValue {
  try {
    return parseJson(text, { place });
  } catch (cause) {
    const message = 'An entry of the journal of transactions cannot be read.';
    throw new BaseError('JOURNAL_INVALID', message, { place, cause });
  }
}

function failAt(place: string): (name: string, expected: string) => never {
  return (name, expected) => {
    const message = 'An entry of the journal of transactions is not as it was written.';
    throw new BaseError('JOURNAL_INVALID', message, { place: `${place}, ${name}`, expected });
  };
}
