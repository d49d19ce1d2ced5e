import type { DescMethod } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';
import type { Connection } from '../platform/platform.ts';
import { getPath, type MethodKind } from '../services/method-info.ts';

const functionOf: Readonly<Record<MethodKind, string>> = {
  unary: 'call',
  server_streaming: 'serverStream',
  client_streaming: 'clientStream',
  bidi_streaming: 'bidi',
};

/**
 * Refuses a method that streams in another way than it is called, or than the connection can.
 *
 * @throws BaseError `CALL_KIND_MISMATCH`, `CALL_KIND_UNSUPPORTED`
 */
export function checkMethodKind(
  method: DescMethod,
  called: MethodKind,
  { canStreamRequests }: Pick<Connection, 'canStreamRequests'>,
): void {
  const place = getPath(method);
  const actual = method.methodKind;
  if (actual !== called) {
    const message = `The method streams in another way than ${functionOf[called]} does.`;
    throw new BaseError('CALL_KIND_MISMATCH', message, {
      place,
      expected: functionOf[actual],
      found: functionOf[called],
    });
  }
  const isOneMessage = called === 'unary' || called === 'server_streaming';
  if (isOneMessage || canStreamRequests) return;
  const message = 'The requests of the method stream, and cannot be sent from here.';
  throw new BaseError('CALL_KIND_UNSUPPORTED', message, { place });
}
