import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeSettings } from './config-doc.ts';
import { keyNames, schema } from './src/config/schema.ts';

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');

test('behavior: the page is what the table says (npm run codegen)', () => {
  expect(page).toBe(describeSettings());
});

test('behavior: every setting has a section with its description', () => {
  for (const name of keyNames) {
    expect(page).toContain(`\n### ${name}\n\n${schema[name].description}\n`);
  }
});
