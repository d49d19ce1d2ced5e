// Writes src/gen from proto/, and the page about settings from their table.
import { mkdirSync, writeFileSync } from 'node:fs';
import { generateProtos } from '@snetkit/codegen';
import { describeSettings } from './config-doc.ts';

await generateProtos({ cwd: import.meta.dirname, outDir: 'src/gen' });

const docs = new URL('../../docs/', import.meta.url);
mkdirSync(docs, { recursive: true });
writeFileSync(new URL('configuration.md', docs), describeSettings());
