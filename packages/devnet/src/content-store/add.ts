import * as dagPb from '@ipld/dag-pb';
import { type EncodedContent, encodeDirectory, encodeFile } from '@snetkit/metadata';
import { KuboError } from './kubo-error.ts';
import { type MultipartPart, readMultipart } from './read-multipart.ts';
import { readFlag, type StoreCommand } from './request.ts';

/** Options that change CIDs, with the only value that this store implements. */
const fixedOptions: Readonly<Record<string, string>> = {
  'cid-version': '0',
  'raw-leaves': 'false',
  chunker: 'size-262144',
  hash: 'sha2-256',
  trickle: 'false',
  inline: 'false',
  nocopy: 'false',
};

/** Adds files, each as its own DAG; `wrap-with-directory` puts one directory around them. */
export const add: StoreCommand = async ({ store, query, contentType, readBody }) => {
  for (const [name, only] of Object.entries(fixedOptions)) {
    const value = query.get(name);
    if (value === null || value === only) continue;
    throw new KuboError(400, `option "${name}" can only be ${only} here`);
  }
  const parts = readMultipart(await readBody(), contentType);
  if (parts.length === 0) throw new KuboError(400, 'no file was sent');
  const added: { name: string; content: EncodedContent }[] = [];
  for (const part of parts) added.push(await encodePart(part));
  if (readFlag(query, 'wrap-with-directory')) {
    const files = new Map(parts.map(({ data }, i) => [added[i]?.name ?? '', data]));
    added.push({ name: '', content: await encodeDirectory(files) });
  }
  if (!readFlag(query, 'only-hash')) {
    for (const { content } of added) await store.putBlocks(content.blocks);
  }
  return { contentType: 'application/json', body: added.map(formatEntry) };
};

async function encodePart(part: MultipartPart): Promise<{ name: string; content: EncodedContent }> {
  if (part.contentType === 'application/x-directory' || part.fileName.includes('/')) {
    throw new KuboError(400, 'folders cannot be added here, only files');
  }
  const content = await encodeFile(part.data);
  return { name: part.fileName || content.cid, content };
}

function formatEntry({ name, content }: { name: string; content: EncodedContent }): string {
  const root = content.blocks.get(content.cid) ?? new Uint8Array();
  // Kubo's size: all blocks together, those that occur twice counted twice.
  const size = dagPb.decode(root).Links.reduce((sum, { Tsize = 0 }) => sum + Tsize, root.length);
  return `${JSON.stringify({ Name: name, Hash: content.cid, Size: String(size) })}\n`;
}
