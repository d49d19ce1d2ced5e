import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { compileProtos } from '@snetkit/protos';
import type { Shape } from './gateway-transport.ts';

/** The service of the table of calls, the same behind every kind of backend. */
export const echoProtos: ReadonlyMap<string, string> = new Map([
  [
    'gateway/v1/echo.proto',
    `syntax = "proto3";
package gateway.v1;

service Echo {
  // Gives back the message.
  rpc Unary(Payload) returns (Payload);
  // Gives the message back three times.
  rpc Server(Payload) returns (stream Payload);
  // Gives back the last message.
  rpc Client(stream Payload) returns (Payload);
  // Gives back each message.
  rpc Bidi(stream Payload) returns (stream Payload);
  // Never answers.
  rpc Hang(Payload) returns (Payload);
  // Gives a message with so many bytes of data.
  rpc Grow(Payload) returns (Payload);
}

message Payload {
  bytes data = 1;
  uint64 count = 2;
}
`,
  ],
]);

/** Path of the method of a shape. */
export const pathOf: Readonly<Record<Shape, string>> = {
  unary: '/gateway.v1.Echo/Unary',
  server: '/gateway.v1.Echo/Server',
  client: '/gateway.v1.Echo/Client',
  bidi: '/gateway.v1.Echo/Bidi',
};

export const hangPath = '/gateway.v1.Echo/Hang';
export const growPath = '/gateway.v1.Echo/Grow';

const schema = compileProtos(echoProtos).getMessage('gateway.v1.Payload');

/** A message with data, or with a count. */
export function encodePayload({
  data = new Uint8Array(),
  count = 0n,
}: Partial<Payload>): Uint8Array {
  if (schema === undefined) throw new TypeError('the proto has no Payload');
  return toBinary(schema, create(schema, { data, count } as never));
}

/** What a message says. */
export interface Payload {
  readonly data: Uint8Array;
  readonly count: bigint;
}

/** Reads one. */
export function decodePayload(bytes: Uint8Array): Payload {
  if (schema === undefined) throw new TypeError('the proto has no Payload');
  return fromBinary(schema, bytes) as unknown as Payload;
}

/** A message that is exactly so long on the wire; longer than 127 bytes. */
export function payloadOfLength(length: number): Uint8Array {
  for (let overhead = 2; overhead < 12; overhead++) {
    const data = Buffer.alloc(length - overhead);
    for (let at = 0; at < data.length; at++) data[at] = at % 251;
    const bytes = encodePayload({ data });
    if (bytes.length === length) return bytes;
  }
  throw new RangeError(`no message of ${length} bytes`);
}
