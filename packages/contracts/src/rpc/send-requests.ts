import type { BaseError } from '@snetkit/core';
import type { ChainClient } from './create-chain-client.ts';
import type { RequestBatch } from './http-transport.ts';
import { isTooMuch } from './is-too-much.ts';
import { mapSome } from './map-some.ts';
import { RpcRefusal } from './rpc-refusal.ts';
import { type RequestOptions, type RpcRequest, sendRequest, toBaseError } from './send-request.ts';

/** What became of one of several requests. */
export type RpcOutcome =
  | { readonly status: 'success'; readonly result: unknown }
  | { readonly status: 'failure'; readonly error: BaseError };

/** Requests of one batch; providers allow 100 to 1,000, and some make each of them wait for all. */
const largestBatch = 100;
/** Requests under way at once where there are no batches. */
const lanes = 8;

/** How many requests the endpoint of a client takes at once; 1 once it has refused a batch. */
const sizes = new WeakMap<ChainClient, number>();

/**
 * Sends several JSON-RPC requests in batches, or one by one through clients and endpoints that take
 * no batches. What the endpoint refuses is an outcome like another. Inside this package only.
 *
 * @throws BaseError as {@link sendRequest}, when the endpoint cannot be asked at all
 */
export async function sendRequests(
  client: ChainClient,
  requests: readonly RpcRequest[],
  { signal }: RequestOptions = {},
): Promise<readonly RpcOutcome[]> {
  // Some clients are no more than a `request`.
  const { requestBatch } = (client.transport ?? {}) as { requestBatch?: RequestBatch };
  const outcomes: RpcOutcome[] = [];
  while (outcomes.length < requests.length) {
    const size = requestBatch === undefined ? 1 : (sizes.get(client) ?? largestBatch);
    const rest = requests.slice(outcomes.length);
    if (requestBatch === undefined || size === 1 || rest.length === 1) {
      outcomes.push(...(await mapSome(rest, lanes, (one) => ask(client, one, { signal }))));
      continue;
    }
    const batch = rest.slice(0, size);
    try {
      const answers = await requestBatch(batch, { signal });
      answers.forEach((answer, index) => {
        if ('result' in answer) outcomes.push({ status: 'success', result: answer.result });
        else outcomes.push(failure(toBaseError(answer.error, batch[index]?.method ?? '', signal)));
      });
    } catch (cause) {
      const error = toBaseError(cause, 'a batch', signal);
      if (isTooMuch(error)) sizes.set(client, Math.ceil(batch.length / 2));
      else if (refusesBatches(error)) sizes.set(client, 1);
      else throw error;
    }
  }
  return outcomes;
}

async function ask(
  client: ChainClient,
  request: RpcRequest,
  options: RequestOptions,
): Promise<RpcOutcome> {
  try {
    return { status: 'success', result: await sendRequest(client, request, options) };
  } catch (error) {
    if (error instanceof RpcRefusal) return failure(error);
    throw error;
  }
}

function failure(error: BaseError): RpcOutcome {
  return { status: 'failure', error };
}

/** One error for all, no array, or an HTTP status that is about the request and not about the server. */
function refusesBatches(error: BaseError): boolean {
  if (error instanceof RpcRefusal || error.code === 'RPC_ANSWER_INVALID') return true;
  return error.code === 'RPC_HTTP_STATUS' && /^HTTP (?:4|501)/.test(error.found ?? '');
}
