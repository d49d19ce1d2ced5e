import { BaseError } from '@snetkit/core';
import { createTransport, type EIP1193RequestFn, RpcRequestError, type Transport } from 'viem';
import { postJson } from './post-json.ts';
import type { RpcEndpoint } from './rpc-endpoint.ts';

/** How the transport sends requests. */
export interface HttpTransportOptions {
  /** Milliseconds for one request. */
  readonly timeoutMs: number;
  /** Longer answers are refused. */
  readonly maxBytes: number;
}

/**
 * The viem transport of {@link createChainClient}: every request has a time limit and can be
 * cancelled, nothing is repeated, and no error shows more of the URL than its host.
 */
export function httpTransport(
  endpoint: RpcEndpoint,
  { timeoutMs, maxBytes }: HttpTransportOptions,
): Transport<'http'> {
  const place = endpoint.host;
  let lastId = 0;
  const request = async ({ method, params }: Request, options?: { signal?: AbortSignal }) => {
    lastId += 1;
    const id = lastId;
    const body = { jsonrpc: '2.0', id, method, params: params ?? [] };
    const signal = options?.signal;
    const answer = await postJson(endpoint, { body, timeoutMs, maxBytes, signal });
    const { error, result } = parseAnswer(answer, { id, place });
    if (error === undefined) return result;
    const message = endpoint.conceal(error.message);
    // viem looks into errors of this class for the data of a revert. Parameters are left out.
    throw new RpcRequestError({ body: { method }, error: { ...error, message }, url: place });
  };
  return () =>
    createTransport({
      key: 'http',
      name: 'JSON-RPC over HTTP',
      type: 'http',
      retryCount: 0,
      timeout: timeoutMs,
      request: request as EIP1193RequestFn,
    });
}

interface Request {
  readonly method: string;
  readonly params?: unknown;
}

interface RpcAnswer {
  readonly error?: { code: number; message: string; data?: unknown };
  readonly result?: unknown;
}

function parseAnswer(answer: unknown, { id, place }: { id: number; place: string }): RpcAnswer {
  if (typeof answer === 'object' && answer !== null) {
    const { id: answered, error, result } = answer as Record<string, unknown>;
    if (error !== undefined && error !== null) return { error: parseError(error) };
    if (answered === id && result !== undefined) return { result };
  }
  throw new BaseError('RPC_ANSWER_INVALID', 'The answer of the chain is no JSON-RPC.', {
    place,
    expected: `an object with the id ${id} and a result or an error`,
  });
}

function parseError(error: unknown): NonNullable<RpcAnswer['error']> {
  if (typeof error !== 'object' || error === null) return { code: 0, message: String(error) };
  const { code, message, data } = error as Record<string, unknown>;
  return { code: Number(code ?? 0), message: String(message ?? ''), data };
}
