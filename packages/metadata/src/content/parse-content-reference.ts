import { BaseError, type StorageUri } from '@snetkit/core';

/** A storage URI and a path below its directory. */
export interface ContentReference extends StorageUri {
  /** Names of directory entries from the CID downwards; empty for the content of the CID itself. */
  readonly path: readonly string[];
}

/**
 * Reads how documents and the registry name content: `ipfs://<cid>`, `filecoin://<cid>` or a bare
 * CID, which means IPFS (protocol/sdk.md 7), each optionally followed by `/<path>` as in assets.
 *
 * @throws BaseError `STORAGE_URI_INVALID`
 */
export function parseContentReference(
  text: string,
  options: { place?: string | undefined } = {},
): ContentReference {
  const match = /^(?:(ipfs|filecoin):\/\/)?([A-Za-z0-9]+)((?:\/[^/]+)*)$/.exec(text);
  const [, scheme, cid, path] = match ?? [];
  if (cid !== undefined && text.length <= 2048) {
    const names = (path ?? '').split('/').slice(1);
    return { scheme: scheme === 'filecoin' ? 'filecoin' : 'ipfs', cid, path: names };
  }
  throw new BaseError('STORAGE_URI_INVALID', 'This does not name content.', {
    place: options.place,
    expected: 'ipfs://<cid>, filecoin://<cid> or <cid>, and perhaps a path',
    found: text.length <= 200 ? JSON.stringify(text) : `${text.length} characters`,
  });
}
