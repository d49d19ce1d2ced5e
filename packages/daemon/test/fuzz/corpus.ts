import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Inputs of a target that the repository keeps. */
export type CorpusKind =
  /** Together they reach what is known to be reachable. */
  | 'corpus'
  /** Each of them once found a fault. */
  | 'crashes';

/** Reads the kept inputs of a target, in the order of their names. */
export function readCorpus(kind: CorpusKind, target: string): Uint8Array[] {
  const directory = directoryOf(kind, target);
  return listFiles(directory).map((file) => readFileSync(join(directory, file)));
}

/** Keeps an input; returns the path of its file. */
export function keepInput(kind: CorpusKind, target: string, input: Uint8Array): string {
  const directory = directoryOf(kind, target);
  mkdirSync(directory, { recursive: true });
  const file = join(directory, createHash('sha256').update(input).digest('hex').slice(0, 16));
  writeFileSync(file, input);
  return file;
}

/** Puts other inputs in the place of the kept ones. */
export function replaceCorpus(target: string, inputs: readonly Uint8Array[]): void {
  rmSync(directoryOf('corpus', target), { recursive: true, force: true });
  for (const input of inputs) keepInput('corpus', target, input);
}

function directoryOf(kind: CorpusKind, target: string): string {
  return join(import.meta.dirname, kind, target);
}

function listFiles(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}
