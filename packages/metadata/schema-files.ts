import { createJsonSchema } from './src/schemas/create-json-schema.ts';
import { organizationShape } from './src/schemas/organization-shape.ts';
import { serviceShape } from './src/schemas/service-shape.ts';
import type { Judge } from './src/validation/finding.ts';

const base = 'https://unpkg.com/@snetkit/metadata/schemas/';

const documents = [
  { name: 'service', shape: serviceShape },
  { name: 'organization', shape: organizationShape },
] as const;

const strictness: readonly { suffix: string; title: string; judges: readonly Judge[] }[] = [
  { suffix: '', title: 'works', judges: ['daemon', 'calls'] },
  {
    suffix: '-strict',
    title: 'works and is accepted by the official CLI',
    judges: ['daemon', 'calls', 'official-cli'],
  },
];

/** Names and texts of the JSON Schemas for editors, from the tables that the validators use. */
export function listSchemaFiles(): Map<string, string> {
  const files = new Map<string, string>();
  for (const { name, shape } of documents) {
    for (const { suffix, title, judges } of strictness) {
      const file = `${name}${suffix}.json`;
      const options = {
        judges,
        id: `${base}${file}`,
        title: `SingularityNET ${name} metadata that ${title}`,
      };
      files.set(file, `${JSON.stringify(createJsonSchema(shape, options), null, 2)}\n`);
    }
  }
  return files;
}
