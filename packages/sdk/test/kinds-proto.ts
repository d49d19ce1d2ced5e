import { compileProtos } from '@snetkit/protos';

/** One message with every kind of field that protos know. */
export const kindsProto = `
syntax = "proto3";
package kinds.v1;

import "google/protobuf/any.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";

enum Color {
  COLOR_UNSPECIFIED = 0;
  COLOR_RED = 1;
  COLOR_BLUE = 2;
}

message Child {
  string name = 1;
  Child child = 2;
  uint64 big_count = 3;
}

message Kinds {
  int32 i32 = 1;
  sint32 s32 = 2;
  sfixed32 sf32 = 3;
  uint32 u32 = 4;
  fixed32 f32 = 5;
  int64 i64 = 6;
  sint64 s64 = 7;
  sfixed64 sf64 = 8;
  uint64 u64 = 9;
  fixed64 f64 = 10;
  float single = 11;
  double double_value = 12;
  bool flag = 13;
  string text = 14;
  bytes data = 15;
  Color color = 16;
  Child child = 17;
  optional int32 maybe = 18;
  repeated int64 numbers = 19;
  repeated Child children = 20;
  repeated Color colors = 21;
  map<string, int64> by_name = 22;
  map<int64, Child> by_number = 23;
  map<bool, string> by_flag = 24;
  oneof choice {
    string choice_text = 25;
    Child choice_child = 26;
  }
  google.protobuf.Timestamp at = 27;
  google.protobuf.Duration took = 28;
  google.protobuf.Struct details = 29;
  google.protobuf.Value value = 30;
  google.protobuf.Int64Value wrapped = 31;
  google.protobuf.BytesValue wrapped_bytes = 32;
  google.protobuf.FieldMask mask = 33;
  google.protobuf.Any any = 34;
  google.protobuf.ListValue list = 35;
  google.protobuf.NullValue nothing = 36;
  int64 renamed = 37 [json_name = "other-name"];
  string constructor = 38;
  google.protobuf.Timestamp constructed_at = 39;
}
`;

/** The compiled protos of {@link kindsProto}. */
export const registry = compileProtos(new Map([['kinds.proto', kindsProto]]));

/** The descriptor of a message of {@link kindsProto}. */
export function getMessage(name: 'Kinds' | 'Child') {
  const desc = registry.getMessage(`kinds.v1.${name}`);
  if (desc === undefined) throw new Error(`no message ${name}`);
  return desc;
}
