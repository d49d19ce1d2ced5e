import {
  encodeEscrowHeaders,
  encodeFreeCallHeaders,
  encodePrepaidHeaders,
  encodeTrainHeaders,
  type GetHeader,
  type HeaderEntry,
  maxUint256,
  parseAllowedUserHeaders,
  parseEscrowHeaders,
  parseFreeCallHeaders,
  parsePaymentType,
  parsePrepaidHeaders,
  parseTrainHeaders,
  paymentHeaders,
} from '@snetkit/core';
import fc from 'fast-check';
import { readMetadata } from '../../../src/wire/read-metadata.ts';
import { accepted, demand } from '../expect.ts';
import type { FuzzTarget } from '../fuzz-target.ts';

const names = Object.values(paymentHeaders);
const values = fc.oneof(
  fc.constantFrom('escrow', 'free-call', 'prepaid-call', 'train-call', '0', '1', '-1', '+1', '0x1'),
  fc.bigInt({ min: 0n, max: 2n ** 257n }).map(String),
  fc.uint8Array({ maxLength: 70 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  fc.constantFrom(`0x${'a'.repeat(40)}`, `${'9'.repeat(77)}`, '1_000', ' 1', 'MQ', 'M===', ''),
  fc.string({ maxLength: 20 }),
);

/**
 * Header fields of a request, one on a line as `name:value`: read as `node:http2` hands them over, then
 * as each of the ways to pay.
 */
export const paymentHeadersTarget: FuzzTarget = {
  maxBytes: 4096,
  words: [
    ...names.map((name) => `${name}:`),
    '\n',
    'escrow',
    'train-call',
    `${maxUint256}`,
    'AAAA',
  ],
  covers: /packages\/core\/src|src\/wire/,
  inputs: fc
    .array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 9 })
    .map((lines) => Buffer.from(lines.map(([name, value]) => `${name}:${value}`).join('\n'))),
  run(input) {
    const raw = Buffer.from(input)
      .toString('latin1')
      .split('\n')
      .flatMap((line) => {
        const at = line.indexOf(':', 1);
        return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
      });
    const metadata = readMetadata(joined(raw), raw, new Set());
    const get: GetHeader = (name) => [metadata[name] ?? []].flat();
    const secrets = names
      .filter((name) => name.endsWith('-bin'))
      .flatMap((name) => secretsOf(get, name));
    accepted(() => parsePaymentType(get), secrets);
    const parsers = [readEscrow, readTrain, readPrepaid, readFreeCall, parseAllowedUserHeaders];
    for (const parse of parsers) {
      const payment = accepted(() => parse(get), secrets);
      if (payment === undefined) continue;
      for (const value of Object.values(payment)) {
        if (typeof value !== 'bigint') continue;
        demand(value >= 0n && value <= maxUint256, `an amount beyond 256 bits: ${value}`);
      }
    }
  },
};

/** As `node:http2` joins them. */
function joined(raw: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = { __proto__: null as never };
  for (let at = 0; at < raw.length; at += 2) {
    const [name = '', value = ''] = [raw[at], raw[at + 1]];
    fields[name] = fields[name] === undefined ? value : `${fields[name]}, ${value}`;
  }
  return fields;
}

/** Values that no refusal may repeat: too long to stand there by chance, and nowhere else. */
function secretsOf(get: GetHeader, name: string): string[] {
  const others = names.filter((one) => !one.endsWith('-bin')).flatMap((one) => get(one));
  return get(name).filter(
    (value): value is string =>
      typeof value === 'string' &&
      value.length > 60 &&
      !others.some((other) => typeof other === 'string' && other.includes(value)),
  );
}

const readEscrow = (get: GetHeader) =>
  readTwice(get, { parse: parseEscrowHeaders, encode: encodeEscrowHeaders });
const readPrepaid = (get: GetHeader) =>
  readTwice(get, {
    parse: parsePrepaidHeaders,
    encode: (call) => encodePrepaidHeaders({ ...call, token: Buffer.from(call.token).toString() }),
    // Tokens are text: bytes that are none do not come back.
    isSame: ({ token }) => Buffer.from(Buffer.from(token).toString()).equals(token),
  });
const readFreeCall = (get: GetHeader) =>
  readTwice(get, {
    parse: parseFreeCallHeaders,
    encode: encodeFreeCallHeaders,
    // An empty user is none.
    isSame: ({ userId }) => userId !== '',
  });
const readTrain = (get: GetHeader) =>
  readTwice(get, {
    parse: parseTrainHeaders,
    encode: (payment) => encodeTrainHeaders({ ...payment, modelId: payment.modelId ?? '' }),
    isSame: ({ modelId }) => modelId !== undefined,
  });

/** Reads, writes and reads again: what was accepted means the same. */
function readTwice<T extends object>(
  get: GetHeader,
  {
    parse,
    encode,
    isSame = () => true,
  }: {
    parse: (get: GetHeader) => T;
    encode: (value: T) => HeaderEntry[];
    isSame?: (value: T) => boolean;
  },
): T {
  const value = parse(get);
  if (!isSame(value)) return value;
  const entries = encode(value);
  const again = parse((name) => entries.filter(([key]) => key === name).map(([, one]) => one));
  demand(show(again) === show(value), `${show(value)} came back as ${show(again)}`);
  return value;
}

function show(value: object): string {
  return JSON.stringify(value, (_, one) =>
    typeof one === 'bigint' ? `${one}n` : one instanceof Uint8Array ? [...one] : one,
  );
}
