import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The rooms that a browser must be able to load. */
const rooms = ['core', 'contracts', 'protos', 'metadata', 'payments', 'sdk'];

const { resolve } = createRequire(import.meta.url);

/** Every entry of these rooms that is for browsers: all modules but what lies behind a `node` subpath. */
export function listEntries(): string[] {
  return rooms.flatMap((room) => {
    const file = resolve(`@snetkit/${room}/package.json`);
    const { exports } = JSON.parse(readFileSync(file, 'utf8'));
    return Object.entries(exports)
      .filter(([path, target]) => isModule(target) && !path.split('/').includes('node'))
      .map(([path]) => `@snetkit/${room}${path.slice(1)}`);
  });
}

/** Data files, as the manifest itself, are named by a text alone. */
function isModule(target: unknown): boolean {
  return typeof target === 'object';
}
