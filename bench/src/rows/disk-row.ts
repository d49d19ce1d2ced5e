import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { figuresOf } from '../load/figures-of.ts';
import type { Row } from '../row.ts';

const pageBytes = 4_096;
const pages = 256;
const flushes = 200;

/** What the disk below the store takes for a page: a durable commit waits for two of these. */
export function diskRow(directory: string): Row {
  const file = join(directory, 'flushes');
  const page = Buffer.alloc(pageBytes, 1);
  return {
    name: 'disk: fdatasync of 4 KiB, in sequence',
    inFlight: 1,
    async run() {
      const descriptor = openSync(file, 'w');
      try {
        // As in a store that is there already: no flush has to write where the file's blocks are.
        writeSync(descriptor, Buffer.alloc(pageBytes * pages, 1), 0, pageBytes * pages, 0);
        fdatasyncSync(descriptor);
        const times: number[] = [];
        const started = performance.now();
        for (let flush = 0; flush < flushes; flush += 1) {
          const from = performance.now();
          writeSync(descriptor, page, 0, pageBytes, (flush % pages) * pageBytes);
          fdatasyncSync(descriptor);
          times.push(performance.now() - from);
        }
        return figuresOf(times, performance.now() - started);
      } finally {
        closeSync(descriptor);
      }
    },
  };
}
