import type { JsonValue } from '@snetkit/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { organizationDocument, serviceDocument } from '../../test/arbitrary-documents.ts';
import { fullOrganization, fullService, listPlaces } from '../../test/mutated-documents.ts';
import { serializeMetadata } from '../documents/serialize-metadata.ts';
import { updateAt } from '../documents/update-at.ts';
import { createJsonSchema } from '../schemas/create-json-schema.ts';
import { organizationShape } from '../schemas/organization-shape.ts';
import { serviceShape } from '../schemas/service-shape.ts';
import { checkShape } from './check-shape.ts';
import type { Judge } from './finding.ts';
import { createReport } from './report.ts';

const kinds = [
  { kind: 'service', shape: serviceShape, full: fullService, documents: serviceDocument },
  {
    kind: 'organization',
    shape: organizationShape,
    full: fullOrganization,
    documents: organizationDocument,
  },
] as const;

const groups: readonly (readonly Judge[])[] = [
  ['daemon'],
  ['official-cli'],
  ['daemon', 'calls'],
  ['daemon', 'calls', 'official-cli'],
];

// No null, which Go takes for nothing and a schema for a value, and nothing beyond 2^53, which a
// validator that reads with JSON.parse cannot see.
const values = fc.constantFrom<JsonValue | undefined>(
  ...[undefined, 'x', '', 'etcd', '5s', 'https://a.bc', '5', 0, 7, -1, 1.5, true, false],
  ...[{}, [], ['x'], ['https://a.bc'], [1], [{}], { a: 1 }, { default: true }, [{ default: true }]],
  { default: true, price_model: 'fixed_price' },
);

test.each(kinds)(
  'behavior: the schemas of the $kind document judge as its validator does',
  ({ shape, full, documents }) => {
    const ajv = new Ajv2020({ strict: false, ownProperties: true });
    const judges = groups.map((group) => ({
      group,
      accepts: ajv.compile(createJsonSchema(shape, { judges: group, id: group.join(), title: '' })),
    }));
    const compare = (document: JsonValue) => {
      const report = createReport();
      checkShape(document, shape, report);
      const broken = report.list().flatMap(({ breaks }) => breaks);
      const plain = JSON.parse(serializeMetadata({ document })).document;
      for (const { group, accepts } of judges) {
        const fine = !broken.some((judge) => group.includes(judge));
        expect([group, accepts(plain)]).toEqual([group, fine]);
      }
    };
    fc.assert(fc.property(documents, compare), { numRuns: 50 });
    const places = fc.constantFrom(...listPlaces(full));
    fc.assert(
      fc.property(places, values, places, values, (first, one, second, other) => {
        let document = updateAt(full, first, () => one);
        try {
          document = updateAt(document, second, () => other);
        } catch {
          // The first change took the second place away.
        }
        compare(document);
      }),
      { numRuns: 300 },
    );
  },
);
