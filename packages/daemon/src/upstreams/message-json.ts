import {
  type DescMessage,
  fromBinary,
  fromJson,
  type JsonValue as ProtobufJson,
  type Registry,
  toBinary,
  toJson,
} from '@bufbuild/protobuf';
import type { JsonValue } from '@snetkit/core';
import { statusCode } from '../call/status.ts';
import { causeText } from './cause-text.ts';
import { fitJson } from './fit-json.ts';
import { daemonError, helpUrl } from './help-url.ts';
import { UpstreamFailure } from './upstream-failure.ts';

/**
 * A message as JSON: names as in the proto, 64-bit integers as text, default values left out (daemon.md 7.4).
 * @throws UpstreamFailure 3 for bytes that are no such message
 */
export function messageToJson(type: DescMessage, bytes: Uint8Array, registry: Registry): JsonValue {
  try {
    return toJson(type, fromBinary(type, bytes), {
      useProtoFieldName: true,
      registry,
    }) as JsonValue;
  } catch (cause) {
    const text = `the message is no ${type.typeName}: ${causeText(cause)}`;
    throw new UpstreamFailure(statusCode.invalidArgument, text, { cause });
  }
}

/**
 * JSON as a message; fields that it does not have are ignored (daemon.md 7.4).
 * @throws UpstreamFailure 13 for JSON that does not fit
 */
export function jsonToMessage(type: DescMessage, json: JsonValue, registry: Registry): Uint8Array {
  try {
    const fitting = fitJson(type, json) as ProtobufJson;
    return toBinary(type, fromJson(type, fitting, { ignoreUnknownFields: true, registry }));
  } catch (cause) {
    throw notFitting(type, cause);
  }
}

/** The end of a call whose answer is not what the protos say. */
export function notFitting(type: DescMessage, cause: unknown): UpstreamFailure {
  const text = `the answer of the service is no ${type.typeName}: ${causeText(cause)}`;
  const message = `${text}${helpUrl(daemonError.invalidProto)}`;
  return new UpstreamFailure(statusCode.internal, message, { cause });
}
