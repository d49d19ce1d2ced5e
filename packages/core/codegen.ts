import { mkdirSync, writeFileSync } from 'node:fs';
import { describeErrorCodes } from './errors-doc.ts';

const docs = new URL('../../docs/', import.meta.url);
mkdirSync(docs, { recursive: true });
writeFileSync(new URL('errors.md', docs), describeErrorCodes());
