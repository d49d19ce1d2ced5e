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
  /** Told the methods of each HTTP request. */
  readonly onRequest?: ((methods: readonly string[]) => void) | undefined;
}

/** One answer of a batch: a result, or the error that the endpoint gave instead. */
export type BatchAnswer = { readonly result: unknown } | { readonly error: RpcRequestError };

/** Sends several JSON-RPC requests in one HTTP request; answers are in the order of the requests. */
export type RequestBatch = (
  requests: readonly RpcMessage[],
  options?: { readonly signal?: AbortSignal | undefined },
) => Promise<readonly BatchAnswer[]>;

/**
 * The viem transport of {@link createChainClient}: every request has a time limit and can be
 * cancelled, nothing is repeated, and no error shows more of the URL than its host.
 */
export function httpTransport(
  endpoint: RpcEndpoint,
  { timeoutMs, maxBytes, onRequest }: HttpTransportOptions,
): Transport<'http', { requestBatch: RequestBatch }> {
  const place = endpoint.host;
  let lastId = 0;
  const number = ({ method, params }: RpcMessage) => {
    lastId += 1;
    return { jsonrpc: '2.0', id: lastId, method, params: params ?? [] };
  };
  const toError = (error: RpcErrorObject, method: string) => {
    const message = endpoint.conceal(error.message);
    // viem looks into errors of this class for the data of a revert. Parameters are left out.
    return new RpcRequestError({ body: { method }, error: { ...error, message }, url: place });
  };
  const request = async (message: RpcMessage, options?: { signal?: AbortSignal }) => {
    const body = number(message);
    onRequest?.([body.method]);
    const signal = options?.signal;
    const answer = await postJson(endpoint, { body, timeoutMs, maxBytes, signal });
    const { error, result } = parseAnswer(answer, { id: body.id, place });
    if (error === undefined) return result;
    throw toError(error, body.method);
  };
  const requestBatch: RequestBatch = async (messages, options) => {
    const body = messages.map(number);
    onRequest?.(body.map(({ method }) => method));
    const signal = options?.signal;
    const answer = await postJson(endpoint, { body, timeoutMs, maxBytes, signal });
    // An endpoint that takes no batches answers with one error for all.
    if (!Array.isArray(answer)) {
      const { error } = parseAnswer(answer, { id: Number.NaN, place });
      throw toError(error as RpcErrorObject, 'a batch');
    }
    // The answers of a batch may come in any order.
    const byId = new Map(answer.map((one) => [(one as { id?: unknown } | null)?.id, one]));
    return body.map(({ id, method }) => {
      const { error, result } = parseAnswer(byId.get(id), { id, place });
      return error === undefined ? { result } : { error: toError(error, method) };
    });
  };
  return () =>
    createTransport(
      {
        key: 'http',
        name: 'JSON-RPC over HTTP',
        type: 'http',
        retryCount: 0,
        timeout: timeoutMs,
        request: request as EIP1193RequestFn,
      },
      { requestBatch },
    );
}

interface RpcMessage {
  readonly method: string;
  readonly params?: unknown;
}

interface RpcErrorObject {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

interface RpcAnswer {
  readonly error?: RpcErrorObject;
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
    expected: Number.isNaN(id)
      ? 'an array with an answer to each request'
      : `an object with the id ${id} and a result or an error`,
  });
}

function parseError(error: unknown): RpcErrorObject {
  if (typeof error !== 'object' || error === null) return { code: 0, message: String(error) };
  const { code, message, data } = error as Record<string, unknown>;
  return { code: Number(code ?? 0), message: String(message ?? ''), data };
}
