import { createChainClient, getOrganization, getService } from '@snetkit/contracts';
import { parseStorageUri } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';

const ids = { organizationId: 'local', serviceId: 'text' };
let network: TestNetwork;
let cids: Record<'organization' | 'service' | 'archive', string>;

beforeAll(async () => {
  network = await startNetwork();
  const { rpcUrl, contracts } = network.devnet;
  const chain = createChainClient({ rpcUrl });
  const { registry } = contracts;
  const [organization, service, resolved] = await Promise.all([
    getOrganization(chain, { registry, organizationId: 'local' }),
    getService(chain, { registry, ...ids }),
    network.createEngine().getService(ids),
  ]);
  cids = {
    organization: parseStorageUri(organization?.metadataUri ?? '').cid,
    service: parseStorageUri(service?.metadataUri ?? '').cid,
    archive: parseStorageUri(resolved.apiSource).cid,
  };
});

afterAll(() => network?.[Symbol.asyncDispose]());

test.each(['organization', 'service', 'archive'] as const)(
  'error: one byte of the %s is changed',
  async (what) => {
    const cid = cids[what];
    const { blocks, url } = network.devnet.contentStore;
    const block = blocks.get(cid);
    if (block === undefined) throw new Error(`no block ${cid}`);
    const changed = block.slice();
    const middle = changed.length >> 1;
    changed[middle] = (changed[middle] ?? 0) ^ 1;
    blocks.set(cid, changed);
    const error = await catchError(() => network.createEngine().createServiceClient(ids));
    blocks.set(cid, block);
    expect(error.code).toBe('CONTENT_MISMATCH');
    expect(error.message).toContain(cid);
    expect(error.message).toContain(url);
    // With the byte put back the same engine works.
    expect(await network.createEngine().createServiceClient(ids)).toBeDefined();
  },
);
