/** Protos that a generator of clients may trip over: import path to source text. */
export const nastyProtos: ReadonlyMap<string, string> = new Map([
  [
    'a/v1/api.proto',
    `syntax = "proto3";
package a.v1;
import "shared.proto";
import "google/protobuf/any.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
enum Color { COLOR_UNSPECIFIED = 0; COLOR_RED = 1; }
message Foo { message Bar { string inner = 1; } Bar bar = 1; }
message Foo_Bar { string outer = 1; }
message FooSchema { string trap = 1; }
message Everything {
  map<string, nested.deep.Shared> shared_by_name = 1;
  map<int64, bytes> blobs = 2;
  oneof choice { string text = 3; Foo.Bar bar = 4; Color color = 5; }
  optional int32 maybe = 6;
  repeated Color colors = 7;
  google.protobuf.Timestamp at = 8;
  google.protobuf.Duration took = 9;
  google.protobuf.Struct extra = 10;
  google.protobuf.StringValue wrapped = 11;
  google.protobuf.Any any = 12;
  uint64 big = 13;
  Foo_Bar clash = 14;
  FooSchema schema = 15;
  string constructor = 16;
  string default = 17;
  bytes data = 18;
}
service Api {
  rpc Echo(Everything) returns (Everything);
  rpc Follow(Everything) returns (stream Everything);
  rpc Collect(stream Everything) returns (Everything);
  rpc Talk(stream Everything) returns (stream Everything);
  rpc then(Everything) returns (Everything);
  rpc constructor(Everything) returns (Everything);
  rpc toString(Everything) returns (Everything);
  rpc delete(Everything) returns (Everything);
  rpc close(Everything) returns (Everything);
  rpc Call(Everything) returns (Everything);
  rpc snake_case_name(Everything) returns (Everything);
}
service Service { rpc Echo(Foo) returns (Foo); }
`,
  ],
  [
    'b/v1/api.proto',
    `syntax = "proto3";
package b.v1;
message Foo { string of_b = 1; }
service Api { rpc Echo(Foo) returns (Foo); }
service my_api { rpc Echo(Foo) returns (Foo); }
service MyApi { rpc Echo(Foo) returns (Foo); }
`,
  ],
  // Imported above by the end of its path, as many published archives do.
  [
    'nested/deep/shared.proto',
    `syntax = "proto3";
package nested.deep;
message Shared { int32 n = 1; Shared next = 2; }
`,
  ],
  [
    'old.proto',
    `syntax = "proto2";
message Old { required string name = 1; optional int32 n = 2 [default = 7]; }
service delete { rpc Echo(Old) returns (Old); }
`,
  ],
]);
