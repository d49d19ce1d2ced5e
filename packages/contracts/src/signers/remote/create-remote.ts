import { BaseError, isPrivateUrl, redact } from '@snetkit/core';
import { parseAnswer } from '../../rpc/parse-answer.ts';
import { postJson } from '../../rpc/post-json.ts';
import { parseRpcEndpoint, type RpcEndpoint } from '../../rpc/rpc-endpoint.ts';
import type { SignOptions } from '../signer.ts';

/** Where a remote signer is. */
export interface RemoteOptions {
  /** `https://` URL; `http://` without a token, or on this machine. Never shown beyond its host. */
  readonly url: string;
  /** Sent as `Authorization: Bearer`; never shown. */
  readonly token?: string | undefined;
  /** Milliseconds for each request; 30,000 when not given. */
  readonly timeoutMs?: number | undefined;
  /**
   * Sends the requests, where certificates of one's own are needed: `createTlsFetch` of
   * `@snetkit/contracts/node`.
   */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** Asks a remote signer with one JSON-RPC request. */
export type AskRemote = (
  method: string,
  params: readonly unknown[],
  options?: SignOptions,
) => Promise<unknown>;

/** Signatures and transactions are shorter. */
const maxBytes = 1024 * 1024;

/**
 * Makes the connection to a remote signer; it sends nothing yet.
 *
 * @throws BaseError `RPC_URL_INVALID`, also for a token that would cross a network in the clear
 */
export function createRemote(options: RemoteOptions): { ask: AskRemote; host: string } {
  const { timeoutMs = 30_000 } = options;
  const endpoint = createEndpoint(options);
  let lastId = 0;
  const ask: AskRemote = async (method, params, { signal } = {}) => {
    lastId += 1;
    const id = lastId;
    const body = { jsonrpc: '2.0', id, method, params };
    const answer = await postJson(endpoint, { body, timeoutMs, maxBytes, signal });
    const { error, result } = parseAnswer(answer, { id, endpoint });
    if (error === undefined) return result;
    const text = redact(endpoint.conceal(error.message));
    throw new BaseError('SIGNER_REFUSED', `The remote signer refused ${method}: ${text}`, {
      place: endpoint.host,
      found: `JSON-RPC error ${error.code}`,
    });
  };
  return { ask, host: endpoint.host };
}

function createEndpoint({ url, token, fetch }: RemoteOptions): RpcEndpoint {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const endpoint = parseRpcEndpoint(url, headers);
  if ('authorization' in endpoint.headers && !isPrivateUrl(endpoint.url)) {
    const message = 'The secret of the remote signer would cross the network in the clear.';
    throw new BaseError('RPC_URL_INVALID', message, {
      ...{ place: endpoint.host, expected: 'a URL that starts with https://', found: 'http:' },
    });
  }
  return {
    ...endpoint,
    peer: 'remote signer',
    ...(fetch && { fetch: (input, init) => fetch(input, init) }),
    conceal: (text) => endpoint.conceal(token ? text.replaceAll(token, '[hidden]') : text),
  };
}
