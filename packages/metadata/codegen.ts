import { mkdirSync, writeFileSync } from 'node:fs';
import { listSchemaFiles } from './schema-files.ts';

const directory = new URL('schemas/', import.meta.url);
mkdirSync(directory, { recursive: true });
for (const [name, text] of listSchemaFiles()) writeFileSync(new URL(name, directory), text);
