import { createHash } from 'node:crypto';
import { CID } from 'multiformats/cid';
import { describe, expect, test } from 'vitest';
import { caseContent, vectors } from '../../test/vectors.ts';
import { computeCid } from './compute-cid.ts';
import { encodeDirectory, encodeFile } from './encode-file.ts';

const encoder = new TextEncoder();

describe.each(vectors.cids.cases)('vector: $label', (vector) => {
  const content = caseContent(vector);

  test('default', async () => {
    expect(createHash('sha256').update(content).digest('hex')).toBe(vector.sha256);
    const { cid, blocks } = await encodeFile(content);
    expect(cid).toBe(vector.cid_v0_dag_pb);
    const root = blocks.get(cid) ?? new Uint8Array();
    if (vector.root_block_hex !== undefined) {
      expect(`0x${Buffer.from(root).toString('hex')}`).toBe(vector.root_block_hex);
    }
    // Equal leaves are one block, and the map has each block once.
    expect(blocks.size).toBe(vector.blocks_v0);
  });

  test('args: cidVersion 1 has raw leaves', async () => {
    expect(await computeCid(content, { cidVersion: 1 })).toBe(vector.cid_v1_raw_leaves);
  });
});

test('behavior: more than 174 leaves make a second level', async () => {
  const bytes = new Uint8Array(175 * 262_144);
  for (let i = 0; i < bytes.length; i += 262_144) bytes[i] = (i / 262_144) % 251;
  const { cid, blocks } = await encodeFile(bytes);
  // From an independent encoder of the same layout (Python, hashlib and a protobuf writer).
  expect(cid).toBe('QmezUgyFcWfTo7zuTCqTjWSNGD7EmBEaMQDoiYCCUstSQx');
  expect(blocks.size).toBe(175 + 2 + 1);
});

test('vector: asset wrapped in a directory', async () => {
  const { file, content_utf8, entries } = vectors.cids.asset_wrapped_in_directory;
  const { cid, blocks } = await encodeDirectory(new Map([[file, encoder.encode(content_utf8)]]));
  expect(cid).toBe(entries.find(({ path }) => path === '')?.cid);
  expect([...blocks.keys()]).toContain(entries.find(({ path }) => path === file)?.cid);
});

test.each(vectors.cids.cid_conversions)('vector: $cid', (vector) => {
  const cid = CID.parse(vector.cid);
  expect({
    version: cid.version,
    codec: cid.code,
    multihash: `0x${Buffer.from(cid.multihash.bytes).toString('hex')}`,
    v1: cid.toV1().toString(),
  }).toEqual({
    version: vector.version,
    codec: vector.codec,
    multihash: vector.multihash_hex,
    v1: vector.as_v1_base32,
  });
});
