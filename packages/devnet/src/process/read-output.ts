import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One JSON line that a program printed on its standard output. */
export type ProcessEvent = Readonly<Record<string, unknown>>;

/** Hands over every line that a program prints, with the event when the line is one. */
export function readOutput(
  child: ChildProcess,
  onLine: (line: string, event: ProcessEvent | undefined) => void,
): void {
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => onLine(line, parseEvent(line)));
  }
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => onLine(line, undefined));
  }
}

function parseEvent(line: string): ProcessEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as ProcessEvent;
  } catch {
    return undefined;
  }
}
