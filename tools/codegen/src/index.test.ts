import { expect, test } from 'vitest';
import * as surface from './index.ts';

test('default: the public surface', () => {
  expect(Object.keys(surface).sort()).toMatchInlineSnapshot(`
    [
      "CodegenError",
      "generateClient",
      "generateContracts",
      "generateProtos",
      "languages",
      "readClientRecord",
    ]
  `);
});
