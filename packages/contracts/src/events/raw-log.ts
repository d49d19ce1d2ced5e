import { BaseError, type Hex } from '@snetkit/core';
import { parseQuantity } from '../rpc/quantity.ts';
import type { EventPosition } from './escrow-event.ts';

/** A log as JSON-RPC gives it, checked in form. */
export interface RawLog extends EventPosition {
  /** As the endpoint writes it, not checksummed. */
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

const hash = /^0x[0-9a-fA-F]{64}$/;

/**
 * Checks the form of the result of `eth_getLogs`.
 *
 * @throws BaseError `RPC_ANSWER_INVALID`
 */
export function parseLogs(result: unknown): readonly RawLog[] {
  if (!Array.isArray(result)) throw invalid('an array of logs', typeof result);
  return result.map((log: Readonly<Record<string, unknown>> | null) => {
    const { address, topics, data, blockHash, transactionHash } = log ?? {};
    const isLog =
      is(address, /^0x[0-9a-fA-F]{40}$/) &&
      Array.isArray(topics) &&
      topics.every((topic) => is(topic, hash)) &&
      is(data, /^0x(?:[0-9a-fA-F]{2})*$/) &&
      is(blockHash, hash) &&
      is(transactionHash, hash);
    if (!isLog) throw invalid('the log of a mined transaction', 'something else');
    return {
      address,
      topics,
      data,
      blockHash,
      transactionHash,
      blockNumber: parseQuantity(log?.['blockNumber'], 'blockNumber of a log'),
      logIndex: Number(parseQuantity(log?.['logIndex'], 'logIndex of a log')),
    } as RawLog;
  });
}

function is(value: unknown, form: RegExp): value is Hex {
  return typeof value === 'string' && form.test(value);
}

function invalid(expected: string, found: string): BaseError {
  const message = 'The chain answered no logs.';
  return new BaseError('RPC_ANSWER_INVALID', message, { expected, found });
}
