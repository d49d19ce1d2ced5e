import { expect, test } from 'vitest';
import * as metadata from './index.ts';

test('behavior: the public names are these', () => {
  expect(Object.keys(metadata).sort()).toMatchInlineSnapshot(`
    [
      "checkMpeAddress",
      "checkServiceLimits",
      "computeCid",
      "createPricing",
      "encodeDirectory",
      "encodeFile",
      "getApiSource",
      "getContentSource",
      "getPrice",
      "getServiceGroup",
      "kuboSource",
      "mapSource",
      "packProtoArchive",
      "parseContentReference",
      "parseDuration",
      "parseOrganizationMetadata",
      "parseServiceMetadata",
      "readContent",
      "readOrganizationMetadata",
      "readServiceMetadata",
      "resolveService",
      "serializeMetadata",
      "unpackProtoArchive",
    ]
  `);
});
