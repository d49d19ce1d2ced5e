import { BaseError, type JsonValue, parseJson, stringifyJson } from '@snetkit/core';
import type { AmountInterval, LedgerRecord, PendingPayment } from './ledger-record.ts';

/** Version of the stored form. */
const format = 1;

/** A record as text; amounts are decimal strings. */
export function encodeLedgerRecord(record: LedgerRecord): string {
  return stringifyJson({
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
  const read = new Reader(parse(text, place), place);
  if (read.number('format') !== format) read.fail('format', String(format));
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
      const one = new Reader(item, `${place}, pending[${index}]`);
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

function readIntervals(read: Reader, name: string, place: string): readonly AmountInterval[] {
  return read.list(name).map((item, index) => {
    const pair = new Reader(item, `${place}, ${name}[${index}]`);
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

class Reader {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #place: string;

  constructor(value: JsonValue | undefined, place: string) {
    const isObject = typeof value === 'object' && value !== null;
    this.#values = new Map(isObject ? Object.entries(value) : []);
    this.#place = place;
  }

  fail(name: string, expected: string): never {
    throw new BaseError(
      'LEDGER_INVALID',
      'A record of the payment ledger is not as it was written',
      {
        place: `${this.#place}, ${name}`,
        expected,
      },
    );
  }

  amount(name: string): bigint {
    const value = this.#values.get(name);
    if (typeof value !== 'string' || !/^[0-9]{1,78}$/.test(value))
      this.fail(name, 'a decimal number');
    return BigInt(value);
  }

  hex(name: string, bytes: number): `0x${string}` {
    const value = this.text(name);
    if (!new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`).test(value)) this.fail(name, `${bytes} bytes`);
    return value as `0x${string}`;
  }

  text(name: string): string {
    const value = this.#values.get(name);
    if (typeof value !== 'string') this.fail(name, 'a text');
    return value;
  }

  number(name: string): number {
    const value = this.#values.get(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) this.fail(name, 'an integer');
    return value;
  }

  boolean(name: string): boolean {
    const value = this.#values.get(name);
    if (typeof value !== 'boolean') this.fail(name, 'true or false');
    return value;
  }

  list(name: string): readonly JsonValue[] {
    const value = this.#values.get(name);
    if (!Array.isArray(value)) this.fail(name, 'a list');
    return value;
  }
}
