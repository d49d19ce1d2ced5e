import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createChainClient, getService } from '@snetkit/contracts';
import { parseStorageUri } from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestNetwork, type TestNetwork } from '../test/shell/start-test-network.ts';

let network: TestNetwork;
let devnet: Devnet;

beforeAll(async () => {
  network = await startTestNetwork();
  ({ devnet } = network);
});

afterAll(() => network?.stop());

test('error: no node', async () => {
  const { code, stdout, stderr } = await network.failStart({
    ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:1/v3/very-secret-key',
  });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatchInlineSnapshot(`
    "The chain cannot be reached.
    Place: ethereum_json_rpc_http_endpoint: 127.0.0.1:1
    Fix: Check the URL and the connection.
    "
  `);
});

test('error: a node that accepts and never answers', async () => {
  const node = createServer().listen(0, '127.0.0.1');
  await once(node, 'listening');
  const { port } = node.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    const { code, stderr } = await network.failStart({
      ethereum_json_rpc_http_endpoint: endpoint,
      chain_request_timeout: '200ms',
    });
    expect(code).toBe(1);
    expect(hideRun(stderr)).toMatchInlineSnapshot(`
      "The chain did not answer within 200 ms.
      Place: ethereum_json_rpc_http_endpoint: 127.0.0.1:PORT
      Fix: Try again, allow more time, or use another endpoint.
      "
    `);

    // Told to stop meanwhile, it does so at once, and that is no failure.
    const connected = once(node, 'connection');
    const stop = new AbortController();
    const change = { ethereum_json_rpc_http_endpoint: endpoint, chain_request_timeout: '1m' };
    const failure = expect(network.start(change, { signal: stop.signal })).rejects.toThrow(
      'snetd ended (0) before "listening"',
    );
    await connected;
    stop.abort();
    await failure;
  } finally {
    node.close();
  }
});

test('error: a node on another chain', async () => {
  const { code, stderr } = await network.failStart({ chain_id: 5 });
  expect(code).toBe(2);
  expect(stderr).toMatchInlineSnapshot(`
    "The node is on another chain than the configuration.
    Place: ethereum_json_rpc_http_endpoint
    Expected: chain id 5 (network devnet)
    Found: chain id 31337
    Fix: Set ethereum_json_rpc_http_endpoint to a node of the network, or select its network.
    "
  `);
});

test('error: another escrow contract than the network has', async () => {
  const { code, stderr } = await network.failStart({ mpe_address_key: devnet.contracts.token });
  expect(code).toBe(1);
  expect(hideRun(stderr)).toMatchInlineSnapshot(`
    "The service uses another escrow contract.
    Place: ipfs://CID, /mpe_address
    Expected: ADDRESS
    Found: ADDRESS
    Fix: Check that this is the right network; never pay into a contract that only the document names.
    "
  `);
});

test('error: a service that is not registered', async () => {
  const { code, stderr } = await network.failStart({ service_id: 'nothing' });
  expect(code).toBe(2);
  expect(stderr).toMatchInlineSnapshot(`
    "The service "local/nothing" is not registered.
    Fix: Check the ids, letter case included, and the network.
    "
  `);
});

test('error: a group that the service does not have', async () => {
  const { code, stderr } = await network.failStart({ daemon_group_name: 'other_group' });
  expect(code).toBe(2);
  expect(hideRun(stderr)).toMatchInlineSnapshot(`
    "The service has no group "other_group".
    Place: ipfs://CID
    Expected: one of "default_group"
    Fix: Name one of the groups that the message lists.
    "
  `);
});

test('error: no content store', async () => {
  const { code, stderr } = await network.failStart({ ipfs_endpoint: 'http://127.0.0.1:1' });
  expect(code).toBe(1);
  expect(hideRun(stderr)).toMatchInlineSnapshot(`
    "Block CID is not to be had from http://127.0.0.1:1.
    Place: content CID from http://127.0.0.1:1
    Found: bad port
    Fix: Check that the provider is reachable and has the content, or use another one.
    "
  `);
});

test('error: a document that was changed by one byte names its CID', async () => {
  const client = createChainClient({ rpcUrl: devnet.rpcUrl });
  const found = await getService(client, {
    registry: devnet.contracts.registry,
    organizationId: devnet.organizationId,
    serviceId: devnet.serviceId,
  });
  const { cid } = parseStorageUri(found?.metadataUri ?? '');
  const { blocks } = devnet.contentStore;
  const block = blocks.get(cid) ?? new Uint8Array();
  const changed = block.slice();
  changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
  blocks.set(cid, changed);
  try {
    const { code, stderr } = await network.failStart({});
    expect(code).toBe(1);
    expect(stderr).toContain(cid);
    expect(hideRun(stderr)).toMatchInlineSnapshot(`
      "Content of CID from http://127.0.0.1:PORT does not match its CID.
      Place: block CID
      Expected: the bytes of CID
      Found: 849 bytes that have the CID CID
      Fix: Do not trust this provider; read the content from another one.
      "
    `);
  } finally {
    blocks.set(cid, block);
  }
});

test('error: the port is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const { code, stdout, stderr } = await network.failStart({
      daemon_endpoint: `127.0.0.1:${port}`,
    });
    expect(code).toBe(1);
    expect(stdout).not.toContain('listening');
    expect(stderr.replaceAll(String(port), 'PORT')).toMatchInlineSnapshot(`
      "The daemon cannot listen for calls.
      Place: daemon_endpoint
      Found: listen EADDRINUSE: address already in use 127.0.0.1:PORT
      Fix: Choose another port for daemon_endpoint, or end the program that has this one.
      "
    `);
  } finally {
    server.close();
  }
});

/** Addresses, CIDs and ports are different in every run. */
function hideRun(message: string): string {
  return message
    .replace(/0x[0-9a-fA-F]{40}/g, 'ADDRESS')
    .replace(/Qm[1-9A-HJ-NP-Za-km-z]{44}/g, 'CID')
    .replace(/127\.0\.0\.1:\d{2,}/g, '127.0.0.1:PORT');
}
