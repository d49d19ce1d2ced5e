import { BaseError, type FieldReader, type JsonValue, parseJson, readFields } from '@snetkit/core';
import type { AmountInterval, LedgerRecord, PendingPayment } from './ledger-record.ts';

/** Version of the stored form. */
const format = 1;

/** A record as text; amounts are decimal strings. */
export function encodeLedgerRecord(record: LedgerRecord): string {
  // Nothing here needs the exact JSON of core, which takes ten times as long; every paid call does this.
  return JSON.stringify({
    format,
    channelId: record.channelId.toString(),
    sender: record.sender,
    signer: record.signer,
    recipient: record.recipient,
    groupId: record.groupId,
    nonce: record.nonce.toString(),
    value: record.value.toString(),
    expiration: record.expiration.toString(),
    claimed: record.claimed.toString(),
    signed: record.signed.toString(),
    free: record.free.map(({ from, to }) => [from.toString(), to.toString()]),
    charged: record.charged.map(({ from, to }) => [from.toString(), to.toString()]),
    pending: record.pending.map(({ amount, price, holder, call, inDoubt }) => ({
      amount: amount.toString(),
      price: price.toString(),
      holder,
      call,
      inDoubt,
    })),
    maxInFlight: record.maxInFlight,
    synchronised: record.synchronised,
  });
}

/**
 * Reads a record.
 *
 * @param place file and channel, for the error
 * @throws BaseError LEDGER_INVALID
 */
export function decodeLedgerRecord(text: string, place: string): LedgerRecord {
  const read = readRecord(parse(text, place), place);
  if (read.number('format') !== format) failAt(place)('format', String(format));
  return {
    channelId: read.amount('channelId'),
    sender: read.hex('sender', 20),
    signer: read.hex('signer', 20),
    recipient: read.hex('recipient', 20),
    groupId: read.hex('groupId', 32),
    nonce: read.amount('nonce'),
    value: read.amount('value'),
    expiration: read.amount('expiration'),
    claimed: read.amount('claimed'),
    signed: read.amount('signed'),
    free: readIntervals(read, 'free', place),
    charged: readIntervals(read, 'charged', place),
    pending: read.list('pending').map((item, index) => {
      const one = readRecord(item, `${place}, pending[${index}]`);
      return {
        amount: one.amount('amount'),
        price: one.amount('price'),
        holder: one.text('holder'),
        call: one.text('call'),
        inDoubt: one.boolean('inDoubt'),
      } satisfies PendingPayment;
    }),
    maxInFlight: read.number('maxInFlight'),
    synchronised: read.boolean('synchronised'),
  };
}

function readIntervals(read: FieldReader, name: string, place: string): readonly AmountInterval[] {
  return read.list(name).map((item, index) => {
    const pair = readRecord(item, `${place}, ${name}[${index}]`);
    return { from: pair.amount('0'), to: pair.amount('1') };
  });
}

function parse(text: string, place: string): JsonValue {
  try {
    return parseJson(text, { place });
  } catch (cause) {
    throw new BaseError('LEDGER_INVALID', 'A record of the payment ledger cannot be read', {
      place,
      cause,
    });
  }
}

function readRecord(value: JsonValue, place: string): FieldReader {
  return readFields(value, failAt(place));
}

function failAt(place: string): (name: string, expected: string) => never {
  return (name, expected) => {
    throw new BaseError(
      'LEDGER_INVALID',
      'A record of the payment ledger is not as it was written',
      { place: `${place}, ${name}`, expected },
    );
  };
}
