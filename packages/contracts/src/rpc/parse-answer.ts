import { BaseError } from '@snetkit/core';
import type { RpcEndpoint } from './rpc-endpoint.ts';
import type { RpcErrorObject } from './rpc-refusal.ts';

/** What a JSON-RPC answer says. */
export interface RpcAnswer {
  readonly error?: RpcErrorObject;
  readonly result?: unknown;
}

/**
 * Reads a JSON-RPC answer; an error needs no id, as those to a request that nobody understood.
 *
 * @param id - what the request was numbered; NaN where an answer to a whole batch is an error only
 * @throws BaseError `RPC_ANSWER_INVALID`
 */
export function parseAnswer(
  answer: unknown,
  { id, endpoint }: { id: number; endpoint: RpcEndpoint },
): RpcAnswer {
  if (typeof answer === 'object' && answer !== null) {
    const { id: answered, error, result } = answer as Record<string, unknown>;
    if (error !== undefined && error !== null) return { error: parseError(error) };
    if (answered === id && result !== undefined) return { result };
  }
  throw new BaseError('RPC_ANSWER_INVALID', `The answer of the ${endpoint.peer} is no JSON-RPC.`, {
    place: endpoint.host,
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
