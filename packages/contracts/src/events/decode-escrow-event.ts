import { type Address, BaseError, sameAddress } from '@snetkit/core';
import { decodeEventLog, type Hex } from 'viem';
import { multiPartyEscrowAbi } from '../gen/multi-party-escrow.ts';
import type { EscrowEvent } from './escrow-event.ts';
import { escrowTopics } from './escrow-topics.ts';
import type { RawLog } from './raw-log.ts';

const types = new Map(
  Object.entries(escrowTopics).map(([type, topic]) => [topic, type as EscrowEvent['type']]),
);

/**
 * Decodes a log of the escrow contract; undefined for logs of other contracts (the token, say) and
 * for events that are not about a channel.
 *
 * @throws BaseError `RPC_ANSWER_INVALID` when the log has the topic of an event and not its form
 */
export function decodeEscrowEvent(log: RawLog, mpe: Address): EscrowEvent | undefined {
  const { address, topics, data, blockNumber, blockHash, transactionHash, logIndex } = log;
  const type = types.get(topics[0]?.toLowerCase() as Hex);
  if (type === undefined || !sameAddress(address, mpe)) return undefined;
  try {
    const { args } = decodeEventLog({
      abi: multiPartyEscrowAbi,
      topics: topics as [Hex, ...Hex[]],
      data,
    });
    const position = { blockNumber, blockHash, transactionHash, logIndex };
    return { type, ...args, ...position } as EscrowEvent;
  } catch (cause) {
    throw new BaseError('RPC_ANSWER_INVALID', `The event ${type} cannot be decoded.`, {
      place: `log ${logIndex} of block ${blockNumber}`,
      cause,
    });
  }
}
