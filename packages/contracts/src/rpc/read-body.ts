import { BaseError } from '@snetkit/core';
import type { RpcEndpoint } from './rpc-endpoint.ts';

/**
 * Reads the text of an answer, but not more than `maxBytes` of it.
 *
 * @throws BaseError `RPC_ANSWER_INVALID`
 */
export async function readBody(
  response: Response,
  { maxBytes, endpoint }: { maxBytes: number; endpoint: RpcEndpoint },
): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let [text, size] = ['', 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new BaseError('RPC_ANSWER_INVALID', `The answer of the ${endpoint.peer} is too long.`, {
        place: endpoint.host,
        expected: `at most ${maxBytes} bytes`,
      });
    }
    text += decoder.decode(value, { stream: true });
  }
}
