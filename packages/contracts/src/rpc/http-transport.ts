import { createTransport, type EIP1193RequestFn, RpcRequestError, type Transport } from 'viem';
import { parseAnswer } from './parse-answer.ts';
import { postJson } from './post-json.ts';
import type { RpcEndpoint } from './rpc-endpoint.ts';
import type { RpcErrorObject } from './rpc-refusal.ts';

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
    const { error, result } = parseAnswer(answer, { id: body.id, endpoint });
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
      const { error } = parseAnswer(answer, { id: Number.NaN, endpoint });
      throw toError(error as RpcErrorObject, 'a batch');
    }
    // The answers of a batch may come in any order.
    const byId = new Map(answer.map((one) => [(one as { id?: unknown } | null)?.id, one]));
    return body.map(({ id, method }) => {
      const { error, result } = parseAnswer(byId.get(id), { id, endpoint });
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
