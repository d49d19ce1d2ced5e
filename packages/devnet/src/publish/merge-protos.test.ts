import { expect, test } from 'vitest';
import { mergeProtos } from './merge-protos.ts';

test('default: imported files come first, and imports between the files go', () => {
  const files = new Map([
    [
      'a.proto',
      'syntax = "proto3";\n\npackage p;\n\nimport "d/b.proto";\nimport "google/protobuf/empty.proto";\n\nmessage A { B b = 1; }\n',
    ],
    ['d/b.proto', 'syntax = "proto3";\npackage p;\n\n// About B.\nmessage B {}\n'],
  ]);
  expect([...mergeProtos(files, 'all.proto')]).toEqual([
    [
      'all.proto',
      `syntax = "proto3";

package p;

import "google/protobuf/empty.proto";
// About B.
message B {}
message A { B b = 1; }
`,
    ],
  ]);
});

test('error: files of two packages', () => {
  const files = new Map([
    ['a.proto', 'syntax = "proto3";\npackage p;\n'],
    ['b.proto', 'syntax = "proto3";\npackage q;\n'],
  ]);
  expect(() => mergeProtos(files, 'all.proto')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: Only proto files of one package can be joined.
    Expected: package p in proto3
    Found: package q in proto3]
  `);
});
