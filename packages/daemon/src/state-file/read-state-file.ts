import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { base64ToBytes } from '@snetkit/core';
import {
  invalidStateFile,
  type StateFileFoot,
  type StateFileHead,
  type StateFileRecord,
} from './state-file.ts';

/** A file that was read to its end and found whole. */
export interface CheckedStateFile {
  readonly head: StateFileHead;
  readonly foot: StateFileFoot;
}

/**
 * Reads the whole file once: format, checksum, count and order of the records.
 *
 * @param inspect - is called with every record, and throws when it does not like it
 * @throws BaseError STATE_FILE_INVALID
 */
export async function checkStateFile(
  path: string,
  inspect: (record: StateFileRecord) => void = () => {},
): Promise<CheckedStateFile> {
  const hash = createHash('sha256');
  let head: StateFileHead | undefined;
  let foot: StateFileFoot | undefined;
  let records = 0;
  let lastKey = '';
  for await (const { line, number } of readLines(path)) {
    const fail = (found: string) => invalidStateFile(path, found, number);
    if (foot !== undefined) throw fail('a line after the last');
    const parsed = parseLine(line) ?? {};
    if (head === undefined) head = readHead(parsed, path);
    else if ('sha256' in parsed) {
      foot = readFoot(parsed);
      if (foot === undefined) throw fail('a last line that is none');
      if (foot.records !== records) throw fail(`${records} records of ${foot.records}`);
      if (foot.sha256 !== hash.digest('hex')) throw fail('a checksum that does not fit');
      continue;
    } else {
      const record = readRecord(parsed);
      if (record === undefined) throw fail('a line that is no record');
      if (Buffer.compare(Buffer.from(record.key), Buffer.from(lastKey)) <= 0) {
        throw fail('a record out of order');
      }
      inspect(record);
      lastKey = record.key;
      records += 1;
    }
    hash.update(line).update('\n');
  }
  if (head === undefined) throw invalidStateFile(path, 'nothing');
  if (foot === undefined) throw invalidStateFile(path, 'no last line: the file is cut off');
  return { head, foot };
}

/**
 * The records of a file that {@link checkStateFile} has found whole.
 *
 * @throws BaseError STATE_FILE_INVALID
 */
export async function* readStateRecords(path: string): AsyncGenerator<StateFileRecord> {
  for await (const { line } of readLines(path)) {
    const record = readRecord(parseLine(line) ?? {});
    if (record !== undefined) yield record;
  }
}

/** A line longer than any record can be is not read on. */
const maxLineLength = 16 << 20;

async function* readLines(path: string): AsyncGenerator<{ line: string; number: number }> {
  const input = createReadStream(path, 'utf8');
  // A stream's error does not reach who reads its lines.
  const failed = new Promise<never>((_, reject) => input.on('error', reject));
  failed.catch(() => {});
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const iterator = lines[Symbol.asyncIterator]();
  let number = 0;
  try {
    for (;;) {
      const { value: line, done } = await Promise.race([iterator.next(), failed]);
      if (done === true) return;
      number += 1;
      if (line.length > maxLineLength) throw invalidStateFile(path, 'an endless line', number);
      yield { line, number };
    }
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause) throw invalidStateFile(path, cause.message);
    throw cause;
  } finally {
    lines.close();
    input.destroy();
  }
}

type Parsed = Readonly<Record<string, unknown>>;

function parseLine(line: string): Parsed | undefined {
  try {
    const parsed = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function readHead(parsed: Parsed, path: string): StateFileHead {
  if (parsed['format'] !== 'snetkit-state') throw invalidStateFile(path, 'another kind of file', 1);
  if (parsed['version'] !== 1) {
    throw invalidStateFile(path, `version ${JSON.stringify(parsed['version'])} of the format`, 1);
  }
  const { scope, store, exportedAt, epoch } = parsed;
  const texts = [scope, store, exportedAt, epoch];
  if (!texts.every((one) => typeof one === 'string') || !/^\d{1,20}$/.test(String(epoch))) {
    throw invalidStateFile(path, 'a first line that is incomplete', 1);
  }
  return parsed as unknown as StateFileHead;
}

function readRecord({ key, value }: Parsed): StateFileRecord | undefined {
  if (typeof key !== 'string' || key === '' || typeof value !== 'string') return undefined;
  try {
    return { key, value: base64ToBytes(value) };
  } catch {
    return undefined;
  }
}

function readFoot(parsed: Parsed): StateFileFoot | undefined {
  const { records, highestVersion, sha256 } = parsed;
  if (typeof records !== 'number' || typeof sha256 !== 'string') return undefined;
  if (typeof highestVersion !== 'string' || !/^\d{1,20}$/.test(highestVersion)) return undefined;
  return { records, highestVersion, sha256 };
}
