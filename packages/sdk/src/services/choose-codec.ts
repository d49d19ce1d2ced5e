import type { Registry } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';
import type { MessageCodec } from '../platform/platform.ts';

/**
 * How the messages of a service travel, by the `encoding` of its document: protobuf unless it says JSON.
 *
 * @throws BaseError `SERVICE_ENCODING_UNSUPPORTED`
 */
export function chooseCodec(
  encoding: string,
  { registry, place }: { readonly registry: Registry; readonly place: string },
): MessageCodec | undefined {
  if (encoding === 'proto' || encoding === '') return undefined;
  if (encoding === 'json') {
    return { useBinaryFormat: false, jsonOptions: { registry, useProtoFieldName: true } };
  }
  throw new BaseError('SERVICE_ENCODING_UNSUPPORTED', 'The service wants unknown messages.', {
    place,
    expected: 'the encoding "proto" or "json"',
    found: JSON.stringify(encoding),
  });
}
