import { type DescMessage, fromBinary, toJson } from '@bufbuild/protobuf';
import { compileProtos } from '@snetkit/protos';

// google/rpc/status.proto and error_details.proto, as far as they are used.
const source = `
  syntax = "proto3";
  package google.rpc;
  import "google/protobuf/any.proto";
  import "google/protobuf/duration.proto";
  message Status {
    int32 code = 1;
    string message = 2;
    repeated google.protobuf.Any details = 3;
  }
  message RetryInfo { google.protobuf.Duration retry_delay = 1; }
`;
const registry = compileProtos(new Map([['rpc.proto', source]]));

/** The JSON form of a message of `google.rpc`, read from base64 text. */
export function readRpc(name: 'Status' | 'RetryInfo', base64: string | undefined): unknown {
  const schema = registry.getMessage(`google.rpc.${name}`) as DescMessage;
  const message = fromBinary(schema, Buffer.from(base64 ?? '', 'base64'));
  return toJson(schema, message, { registry });
}
