import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BaseError, bytesToBase64 } from '@snetkit/core';
import type { StoredEntry } from '../store/store.ts';
import { isVolatileKey, type StateFileFoot, type StateFileHead } from './state-file.ts';

/** Bytes collected before they are written. */
const chunkBytes = 1 << 18;

/** Options of {@link writeStateFile}. */
export interface WriteStateFileOptions {
  readonly path: string;
  readonly head: StateFileHead;
  readonly entries: AsyncIterable<StoredEntry>;
  /** Puts the file in the place of another. */
  readonly replaces: boolean;
  readonly signal?: AbortSignal | undefined;
  onProgress?(records: number): void;
}

/**
 * Writes a state file: beside its place, flushed, and then renamed, so that a file of that name is
 * always whole. Only its owner can read it: signed payments are money.
 *
 * @throws BaseError STATE_FILE_UNWRITABLE, or what reading the entries throws
 */
export async function writeStateFile(options: WriteStateFileOptions): Promise<StateFileFoot> {
  const { path, replaces } = options;
  if (!replaces) await refuseExisting(path);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  const file = await guard(path, () => open(temporary, 'wx', 0o600));
  try {
    const foot = await writeLines(file, options);
    await guard(path, async () => {
      await file.sync();
      await file.close();
    });
    // Somebody may have made one meanwhile.
    if (!replaces) await refuseExisting(path);
    await guard(path, async () => {
      await rename(temporary, path);
      await flushDirectory(dirname(path));
    });
    return foot;
  } catch (cause) {
    await file.close().catch(() => {});
    await unlink(temporary).catch(() => {});
    throw cause;
  }
}

async function writeLines(
  file: FileHandle,
  { path, head, entries, signal, onProgress }: WriteStateFileOptions,
): Promise<StateFileFoot> {
  const hash = createHash('sha256');
  let chunk: string[] = [];
  let size = 0;
  let records = 0;
  let highest = 0n;

  async function flush(): Promise<void> {
    const text = chunk.join('');
    chunk = [];
    size = 0;
    await guard(path, () => file.appendFile(text));
  }

  async function add(line: object): Promise<void> {
    const text = `${toAscii(JSON.stringify(line))}\n`;
    hash.update(text);
    chunk.push(text);
    size += text.length;
    if (size >= chunkBytes) await flush();
  }

  await add(head);
  for await (const { key, value, version } of entries) {
    signal?.throwIfAborted();
    if (version > highest) highest = version;
    if (isVolatileKey(key)) continue;
    await add({ key, value: bytesToBase64(value) });
    records += 1;
    if (records % 10_000 === 0) onProgress?.(records);
  }
  const foot = { records, highestVersion: String(highest), sha256: hash.digest('hex') };
  chunk.push(`${JSON.stringify(foot)}\n`);
  await flush();
  return foot;
}

/** Some readers take U+2028 for the end of a line. */
function toAscii(json: string): string {
  return json.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

async function refuseExisting(path: string): Promise<void> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  if (!exists) return;
  throw new BaseError('STATE_FILE_UNWRITABLE', 'There is a file of this name already.', {
    place: path,
    hint: 'Choose another name, or replace the file with --force.',
  });
}

async function guard<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new BaseError('STATE_FILE_UNWRITABLE', 'The state file cannot be written.', {
      place: path,
      found: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

/** A new name lasts through a power cut only when its directory is flushed, too. */
async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
