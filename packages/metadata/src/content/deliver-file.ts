import { BaseError } from '@snetkit/core';
import { maxBlockBytes, tooLarge } from './block-reader.ts';
import type { ContentRequest, Delivery, FileSource } from './content-source.ts';
import { deliverBlocks } from './deliver-blocks.ts';
import { encodeAs, encodeDirectoryAs } from './encode-as.ts';
import type { EncodedContent } from './encode-file.ts';
import { mapSource } from './map-source.ts';
import { placeError } from './place-error.ts';
import { rootName } from './root-name.ts';
import type { BlockOrigin } from './verify-block.ts';

/**
 * Reads a whole file and checks it by encoding it again: only when that gives the CID asked for are
 * the bytes those that it names.
 *
 * @throws BaseError `CONTENT_MISMATCH`; `CONTENT_UNVERIFIABLE` for paths below a directory where the
 *   source cannot list it
 */
export async function deliverFile(source: FileSource, request: ContentRequest): Promise<Delivery> {
  const origin = { root: rootName(request), provider: source.name };
  const encoded = await encodeAnswer(source, request, origin);
  const root = encoded.blocks.get(encoded.cid);
  // A file under a raw CID is one block, however long; no network hands out such a block, but files.
  if (root !== undefined && root.length > maxBlockBytes) {
    return { bytes: root, provider: source.name, refused: [] };
  }
  // The blocks are walked as those of any other source: same limits, same errors, same cache.
  const memory = mapSource(encoded.blocks, { name: source.name });
  return deliverBlocks(memory, request);
}

async function encodeAnswer(
  source: FileSource,
  { cid, path, maxBytes, signal }: ContentRequest,
  origin: BlockOrigin,
): Promise<EncodedContent> {
  if (path.length > 0 && source.readDirectory === undefined) throw unverifiable(origin);
  try {
    if (path.length > 0 && source.readDirectory !== undefined) {
      const files = await source.readDirectory(cid.toString(), { signal, maxBytes });
      const encoded = await encodeDirectoryAs(cid, files);
      if (encoded !== undefined) return encoded;
      throw mismatch(origin, `${files.size} files`, 'another directory');
    }
    const bytes = await source.readFile(cid.toString(), { signal, maxBytes });
    if (bytes.length > maxBytes) throw tooLarge(origin, `${maxBytes} bytes`);
    const encoded = await encodeAs(cid, bytes);
    if (encoded !== undefined) return encoded;
    throw mismatch(origin, `${bytes.length} bytes`, 'another file');
  } catch (error) {
    if (error instanceof BaseError && error.code === 'CONTENT_MISMATCH') throw error;
    throw placeError(error, origin);
  }
}

function mismatch({ root, provider }: BlockOrigin, size: string, what: string): BaseError {
  return new BaseError(
    'CONTENT_MISMATCH',
    `Content of ${root} from ${provider} does not match its CID.`,
    {
      expected: `bytes that have the CID ${root} when they are added with the usual parameters`,
      found: `${size} that have another CID`,
      hint: `Either this is ${what}, or it was added with unusual parameters: read it from a source of blocks.`,
    },
  );
}

function unverifiable({ root, provider }: BlockOrigin): BaseError {
  const message = `Content of ${root} from ${provider} cannot be checked.`;
  return new BaseError('CONTENT_UNVERIFIABLE', message, {
    expected: 'a source of blocks, for a file below a directory',
    found: 'a source that hands out whole files only',
    hint: 'Read it from a trustless gateway or from the RPC API of a Kubo node.',
  });
}
