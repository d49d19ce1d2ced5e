import { type Profiler, Session } from 'node:inspector';

/** Which code of the scripts that count has run in this thread, told by V8 itself. */
export interface Coverage {
  /** Characters of source that are known to have run. */
  readonly known: number;
  /** What has run since the last look. */
  look(): Glance;
  /** Bytes that are held when everything that nobody holds is freed. */
  weighHeap(): number;
  stop(): void;
}

/** What one look has seen. */
interface Glance {
  /** Whether code has run that is not known yet. */
  readonly isNew: boolean;
  /** Makes it known. */
  learn(): void;
}

/**
 * Starts to count in this thread. Every function has a map of its own, one byte for each character:
 * V8 tells ranges that lie in each other, and leaves out functions that did not run.
 */
export function startCoverage(covers: RegExp): Coverage {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const maps = new Map<string, Uint8Array>();
  let known = 0;

  function read(): Profiler.ScriptCoverage[] {
    let result: Profiler.ScriptCoverage[] = [];
    session.post('Profiler.takePreciseCoverage', (error, taken) => {
      if (error !== null) throw error;
      result = taken.result.filter(({ url }) => covers.test(url));
    });
    return result;
  }

  return {
    get known() {
      return known;
    },
    look() {
      const ran = read().flatMap(({ scriptId, functions }) =>
        functions.flatMap(({ ranges }) => paint(scriptId, ranges)),
      );
      return {
        isNew: ran.some(({ key, map }) => hasMore(map, maps.get(key))),
        learn() {
          for (const { key, map } of ran) {
            const before = maps.get(key) ?? new Uint8Array(map.length);
            for (let at = 0; at < map.length; at += 1) {
              if (map[at] === 0 || before[at] === 1) continue;
              before[at] = 1;
              known += 1;
            }
            maps.set(key, before);
          }
        },
      };
    },
    weighHeap() {
      session.post('HeapProfiler.collectGarbage');
      const { heapUsed, external, arrayBuffers } = process.memoryUsage();
      return heapUsed + Math.max(external, arrayBuffers);
    },
    stop: () => session.disconnect(),
  };
}

interface Painted {
  readonly key: string;
  readonly map: Uint8Array;
}

/** What has run of a function; nothing when it did not run. */
function paint(scriptId: string, ranges: readonly Profiler.CoverageRange[]): Painted[] {
  const [whole] = ranges;
  if (whole === undefined || whole.count === 0) return [];
  const { startOffset: from, endOffset: to } = whole;
  const map = new Uint8Array(to - from);
  // Ranges come from the outside inwards.
  for (const { startOffset, endOffset, count } of ranges) {
    map.fill(count > 0 ? 1 : 0, startOffset - from, endOffset - from);
  }
  return [{ key: `${scriptId}:${from}:${to}`, map }];
}

function hasMore(map: Uint8Array, before: Uint8Array | undefined): boolean {
  if (before === undefined) return true;
  return map.some((ran, at) => ran > (before[at] ?? 0));
}
