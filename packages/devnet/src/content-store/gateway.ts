import { getBlock } from './block-store.ts';
import { KuboError } from './kubo-error.ts';
import { readFile } from './read-file.ts';
import type { StoreReply, StoreRequest } from './request.ts';
import { resolvePath } from './resolve-path.ts';

/** What paths of the gateway begin with. */
export const gatewayPrefix = '/ipfs/';

/**
 * Answers `/ipfs/<cid>` as a gateway does, that of Lighthouse included: one block when `format=raw`
 * is asked for, else the whole file.
 *
 * Throws `KuboError`.
 */
export function answerGateway(path: string, { store, query }: StoreRequest): StoreReply {
  const cid = resolvePath(store, decodeURIComponent(path));
  const format = query.get('format');
  if (format === 'raw') {
    return { contentType: 'application/vnd.ipld.raw', body: [getBlock(store, cid)] };
  }
  if (format !== null) throw new KuboError(406, `format "${format}" is not supported`);
  // All of it is read before the answer begins: a missing block is an error, and not a cut answer.
  return { contentType: 'application/octet-stream', body: [...readFile(store, cid)] };
}
