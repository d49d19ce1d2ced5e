import { expect, test } from 'vitest';
import * as node from './index.ts';

test('behavior: the public names are these', () => {
  expect(Object.keys(node).sort()).toMatchInlineSnapshot(`
    [
      "directorySource",
      "directoryStore",
      "fileLocations",
      "getCacheDirectory",
      "openContentCache",
      "packProtoDirectory",
      "readProtoDirectory",
    ]
  `);
});
