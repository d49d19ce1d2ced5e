import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlockStore } from './block-store.ts';
import { commands } from './commands.ts';
import { answerGateway, gatewayPrefix } from './gateway.ts';
import { KuboError } from './kubo-error.ts';
import type { StoreReply, StoreRequest } from './request.ts';

/** What every request needs to know of its store. */
export interface StoreSettings {
  readonly store: BlockStore;
  readonly version: string;
  readonly maxUploadBytes: number;
}

const prefix = '/api/v0/';

// Web pages on any origin read the store; the node of the real network answers them as well.
const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': '*',
  'access-control-allow-private-network': 'true',
  'access-control-expose-headers': 'X-Stream-Output, X-Chunked-Output, X-Content-Length',
};

/** Answers one HTTP request of the RPC API, or of the gateway beside it. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  settings: StoreSettings,
): Promise<void> {
  for (const [name, value] of Object.entries(corsHeaders)) response.setHeader(name, value);
  if (request.method === 'OPTIONS') {
    response.writeHead(204).end();
    return;
  }
  try {
    const reply = await answer(request, settings);
    response.writeHead(200, { 'content-type': reply.contentType, 'x-stream-output': '1' });
    await pipeline(Readable.from(reply.body, { objectMode: false }), response);
  } catch (error) {
    refuse(response, error);
  }
}

function answer(
  request: IncomingMessage,
  { store, version, maxUploadBytes }: StoreSettings,
): StoreReply | Promise<StoreReply> {
  if (request.method !== 'POST' && request.method !== 'GET') {
    throw new KuboError(405, `${request.method} is not allowed; use POST or GET`);
  }
  const url = new URL(request.url ?? '/', 'http://store');
  const asked: StoreRequest = {
    store,
    version,
    query: url.searchParams,
    contentType: request.headers['content-type'] ?? '',
    readBody: () => readBody(request, maxUploadBytes),
  };
  if (url.pathname.startsWith(gatewayPrefix) && request.method === 'GET') {
    return answerGateway(url.pathname, asked);
  }
  const name = url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : '';
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new KuboError(404, `no command at ${url.pathname}`);
  return command(asked);
}

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop early must not close the connection: the refusal has to go out on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += (chunk as Buffer).length;
    if (length > maxBytes)
      throw new KuboError(413, `at most ${maxBytes} bytes can be added at once`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks, length);
}

function refuse(response: ServerResponse, error: unknown): void {
  // Half an answer is out, or nobody is left to read one: only cutting the connection tells.
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const known = error instanceof KuboError ? error : new KuboError(500, String(error));
  // What is left of a refused upload is not read.
  response.writeHead(known.status, { 'content-type': 'application/json', connection: 'close' });
  response.end(`${JSON.stringify(known)}\n`);
}
