import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BaseError } from '@snetkit/core';
import { encodeFile } from '@snetkit/metadata';
import { openBlockStore } from './block-store.ts';
import { handleRequest } from './handle-request.ts';

/** What the content store shall be like. */
export interface StartContentStoreOptions {
  /** TCP port on 127.0.0.1; a free one when not given. */
  readonly port?: number | undefined;
  /** What the store says its version is; the official Python client wants at least 0.4.18 and less than 0.5.0. */
  readonly version?: string | undefined;
  /** Where blocks are kept from one start to the next; only in memory when not given. */
  readonly directory?: string | undefined;
  /** Largest request body; 64 MiB when not given. */
  readonly maxUploadBytes?: number | undefined;
}

/** A running content store. */
export interface ContentStore extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, what clients call the IPFS endpoint. */
  readonly url: string;
  /** `/ip4/127.0.0.1/tcp/<port>`: the same for clients that want a multiaddr. */
  readonly multiaddr: string;
  /** CIDv0 to block. What is changed here is what the store serves. */
  readonly blocks: Map<string, Uint8Array>;
  /** Adds a file and returns its CIDv0. */
  put(bytes: Uint8Array): Promise<string>;
  /** Closes the server and its connections. */
  stop(): Promise<void>;
}

/**
 * Starts a server that speaks the RPC API of Kubo (`add`, `cat`, `block/get`, `block/stat`,
 * `pin/add`, `version`; POST and GET) and gives files the CIDs that Kubo gives them. `GET /ipfs/<cid>`
 * beside it is a gateway, of blocks (`?format=raw`) and of whole files.
 *
 * Throws `BaseError` (`DEVNET_LISTEN_FAILED`).
 *
 * @example
 * ```ts
 * await using store = await startContentStore();
 * const cid = await store.put(new TextEncoder().encode('hello world\n'));
 * const reply = await fetch(`${store.url}/api/v0/cat?arg=${cid}`, { method: 'POST' });
 * ```
 */
export async function startContentStore(
  options: StartContentStoreOptions = {},
): Promise<ContentStore> {
  const { port = 0, version = '0.4.23', directory, maxUploadBytes = 64 << 20 } = options;
  const store = await openBlockStore(directory);
  const server = createServer((request, response) => {
    void handleRequest(request, response, { store, version, maxUploadBytes });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new BaseError('DEVNET_LISTEN_FAILED', 'The content store cannot listen.', {
          place: `127.0.0.1:${port}`,
          cause,
        }),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${bound}`,
    multiaddr: `/ip4/127.0.0.1/tcp/${bound}`,
    blocks: store.blocks,
    async put(bytes) {
      const { cid, blocks } = await encodeFile(bytes);
      await store.putBlocks(blocks);
      return cid;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
