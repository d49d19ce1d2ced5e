import { BaseError } from '@snetkit/core';

/** An archive to train a model with: bytes, or a file (`openAsBlob` of `node:fs`, or of a page's form). */
export type Dataset = Uint8Array | Blob;

/** A piece of an archive, in its order from 1. */
export interface DatasetPiece {
  readonly data: Uint8Array;
  readonly number: number;
  readonly count: number;
}

/** Bytes of a piece: what official clients send. */
export const pieceBytes = 1024 * 1024;

/** Bytes of an archive. */
export function sizeOf(dataset: Dataset): number {
  return dataset instanceof Uint8Array ? dataset.length : dataset.size;
}

/**
 * Refuses an archive that the service would refuse, before anything is paid.
 *
 * @param maxSizeMb 0 for no limit
 * @throws BaseError `DATASET_UNSUITABLE`
 */
export function checkDataset(
  dataset: Dataset,
  { maxSizeMb, fileName, place }: { maxSizeMb: bigint; fileName: string; place: string },
): void {
  const size = sizeOf(dataset);
  if (size === 0) {
    throw new BaseError('DATASET_UNSUITABLE', 'The dataset is empty.', {
      place: `${fileName}, for ${place}`,
      expected: 'an archive of files',
      found: '0 bytes',
    });
  }
  if (maxSizeMb === 0n || BigInt(size) <= maxSizeMb * 1024n * 1024n) return;
  throw new BaseError('DATASET_UNSUITABLE', 'The dataset is larger than the service takes.', {
    place: `${fileName}, for ${place}`,
    expected: `at most ${maxSizeMb} MiB`,
    found: `${size} bytes`,
    hint: 'Leave some of its files out.',
  });
}

/** The pieces of an archive; a file is read as it is sent. */
export async function* readPieces(dataset: Dataset): AsyncGenerator<DatasetPiece> {
  const size = sizeOf(dataset);
  const count = Math.ceil(size / pieceBytes);
  for (let number = 1; number <= count; number += 1) {
    const start = (number - 1) * pieceBytes;
    const end = Math.min(size, start + pieceBytes);
    const data =
      dataset instanceof Uint8Array
        ? dataset.subarray(start, end)
        : new Uint8Array(await dataset.slice(start, end).arrayBuffer());
    yield { data, number, count };
  }
}
