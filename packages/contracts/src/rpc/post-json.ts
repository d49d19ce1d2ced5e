import { BaseError } from '@snetkit/core';
import { readBody } from './read-body.ts';
import type { RpcEndpoint } from './rpc-endpoint.ts';

/** One HTTP request to a JSON-RPC endpoint. */
export interface PostJsonOptions {
  readonly body: unknown;
  readonly timeoutMs: number;
  /** Longer answers are refused. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Posts JSON and returns the answer's JSON.
 *
 * @throws BaseError `RPC_UNREACHABLE`, `RPC_TIMED_OUT`, `RPC_RATE_LIMITED`, `RPC_HTTP_STATUS`,
 * `RPC_ANSWER_INVALID`, `ABORTED`; each names the host and nothing else of the URL
 */
export async function postJson(endpoint: RpcEndpoint, options: PostJsonOptions): Promise<unknown> {
  const { body, timeoutMs, maxBytes, signal } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const { host: place, peer } = endpoint;
  let response: Response;
  let text: string;
  try {
    response = await endpoint.fetch(endpoint.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...endpoint.headers },
      body: JSON.stringify(body),
      // A redirection would carry keys in headers, and the question, to somebody else.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    text = await readBody(response, { maxBytes, endpoint });
  } catch (error) {
    if (error instanceof BaseError) throw error;
    if (signal?.aborted) {
      throw new BaseError('ABORTED', `The ${peer} request was cancelled.`, { place });
    }
    if (deadline.aborted) {
      const message = `The ${peer} did not answer within ${timeoutMs} ms.`;
      throw new BaseError('RPC_TIMED_OUT', message, { place });
    }
    // fetch itself says only "fetch failed"; the reason is its cause.
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    throw new BaseError('RPC_UNREACHABLE', `The ${peer} cannot be reached.`, { place, cause });
  }
  const answer = tryJson(text);
  // Many providers send a proper JSON-RPC error together with an HTTP error status.
  if (response.ok || (response.status < 500 && response.status !== 429 && isError(answer))) {
    if (answer !== undefined) return answer;
    const found = quote(endpoint.conceal(text));
    throw new BaseError('RPC_ANSWER_INVALID', `The ${peer} answered no JSON.`, { place, found });
  }
  const limited = response.status === 429;
  throw new BaseError(
    limited ? 'RPC_RATE_LIMITED' : 'RPC_HTTP_STATUS',
    limited ? `The ${peer} allows no more requests for now.` : `The ${peer} refused the request.`,
    {
      place,
      found: `HTTP ${response.status}${text.trim() && `, ${quote(endpoint.conceal(text))}`}`,
    },
  );
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isError(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'error' in answer;
}

/** The start of a text that somebody else wrote, on one line. */
function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `"${line.length > 200 ? `${line.slice(0, 200)}...` : line}"`;
}
