import type { DiscoveryCursor } from '@snetkit/contracts';
import { BaseError, parseJson, readFields, stringifyJson } from '@snetkit/core';

/** How far a search for channels has come, as text. */
export function encodeSearch({ nextBlock, channelIds, head }: DiscoveryCursor): string {
  return stringifyJson({
    nextBlock: nextBlock.toString(),
    channelIds: channelIds.map(String),
    headNumber: head.blockNumber.toString(),
    headHash: head.blockHash,
  });
}

/** Reads it; undefined when it cannot be read, since a search can always begin anew. */
export function decodeSearch(text: string): DiscoveryCursor | undefined {
  const fail = (field: string, expected: string) => {
    throw new BaseError('LEDGER_INVALID', 'What is written down of a search cannot be read.', {
      place: field,
      expected,
    });
  };
  try {
    const read = readFields(parseJson(text), fail);
    const ids = read.list('channelIds');
    return {
      nextBlock: read.amount('nextBlock'),
      channelIds: ids.map((_, index) => readFields(ids as never, fail).amount(String(index))),
      head: { blockNumber: read.amount('headNumber'), blockHash: read.hex('headHash', 32) },
    };
  } catch {
    return undefined;
  }
}
