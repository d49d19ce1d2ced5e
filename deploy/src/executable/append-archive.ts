import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { archiveMark } from './boot/read-archive.ts';

/** Puts files of a folder behind the end of an executable. */
export async function appendArchive(
  executable: string,
  options: { directory: string; names: readonly string[] },
): Promise<void> {
  const { directory, names } = options;
  let { size: offset } = await stat(executable);
  const index: Record<string, readonly [number, number]> = {};
  for (const name of names) {
    const bytes = await readFile(join(directory, name));
    await appendFile(executable, bytes);
    index[name] = [offset, bytes.length];
    offset += bytes.length;
  }
  const text = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  await appendFile(executable, Buffer.concat([text, length, archiveMark]));
}
