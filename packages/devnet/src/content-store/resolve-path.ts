import { CID } from 'multiformats/cid';
import { type BlockStore, getBlock } from './block-store.ts';
import { KuboError } from './kubo-error.ts';
import { decodeNode } from './read-file.ts';

/** Follows `<cid>`, `<cid>/<name>` or `/ipfs/<cid>/<name>`. Throws `KuboError` when it leads nowhere. */
export function resolvePath(store: BlockStore, path: string): CID {
  const [root = '', ...names] = path.replace(/^\/?ipfs\//, '').split('/');
  let cid = parseCid(root, path);
  for (const name of names.filter((part) => part !== '')) {
    const { Links: links } = decodeNode(getBlock(store, cid), cid);
    const link = links.find(({ Name }) => Name === name);
    if (link === undefined) throw new KuboError(500, `no link named "${name}" under ${cid}`);
    cid = link.Hash;
  }
  return cid;
}

function parseCid(text: string, path: string): CID {
  try {
    return CID.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KuboError(500, `invalid path "${path}": ${reason}`);
  }
}
