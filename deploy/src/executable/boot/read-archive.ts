import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Last bytes of an executable that carries an archive. */
export const archiveMark = Buffer.from('snetd archive 1\n');

/** Where a file lies in the executable: offset and length in bytes. */
export type ArchiveIndex = Readonly<Record<string, readonly [offset: number, length: number]>>;

/** Files behind the end of the executable itself: they are read, not mapped, and take no memory afterwards. */
export interface Archive {
  /** Throws when there is no such file. */
  read(name: string): Uint8Array;
  has(name: string): boolean;
}

/** Opens the archive of an executable: index, length of the index (8 bytes), mark. */
export function readArchive(path: string): Archive {
  const file = openSync(path, 'r');
  const tailBytes = 8 + archiveMark.length;
  const { size } = fstatSync(file);
  const tail = readAt(size - tailBytes, tailBytes);
  if (!tail.subarray(8).equals(archiveMark)) {
    closeSync(file);
    throw new Error(`${path} is damaged: it does not end as it was built`);
  }
  const indexBytes = Number(tail.readBigUInt64LE(0));
  const index: ArchiveIndex = JSON.parse(
    readAt(size - tailBytes - indexBytes, indexBytes).toString('utf8'),
  );

  function readAt(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(length);
    for (let done = 0; done < length; ) {
      const count = readSync(file, bytes, done, length - done, offset + done);
      if (count === 0) throw new Error(`${path} is damaged: it ends too early`);
      done += count;
    }
    return bytes;
  }
  return {
    has: (name) => Object.hasOwn(index, name),
    read(name) {
      const place = index[name];
      if (place === undefined) throw new Error(`${path} has no part ${name}`);
      return readAt(...place);
    },
  };
}
