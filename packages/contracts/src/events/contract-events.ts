import { type Address, BaseError, sameAddress } from '@snetkit/core';
import { type Abi, type AbiEvent, decodeEventLog, type Hex, toEventSelector } from 'viem';
import type { EventPosition } from './escrow-event.ts';
import type { RawLog } from './raw-log.ts';

/** An event as this package tells it. */
export interface AnyEvent extends EventPosition {
  readonly type: string;
}

/** The events of one contract: how they are asked for and read. */
export interface ContractEventSet<event extends AnyEvent> {
  readonly abi: Abi;
  /** First topic of every event, by its name. */
  readonly topics: Readonly<Record<event['type'], Hex>>;
  /**
   * Decodes a log of the contract at `address`; undefined for logs of other contracts and for events
   * that are not in this set.
   *
   * @throws BaseError `RPC_ANSWER_INVALID` when the log has the topic of an event and not its form
   */
  decode(log: RawLog, address: Address): event | undefined;
}

/** How events of a contract are read. */
export interface DefineEventsOptions<event extends AnyEvent> {
  readonly abi: Abi;
  readonly names: readonly event['type'][];
  /** What becomes of the arguments; they stay as they are when not given. */
  readonly convert?: (args: Readonly<Record<string, unknown>>) => object;
}

/** Makes the set of some events of a contract. Inside this package only. */
export function defineEvents<event extends AnyEvent>({
  abi,
  names,
  convert = (args) => args,
}: DefineEventsOptions<event>): ContractEventSet<event> {
  const pairs = names.map((name) => [name, toEventSelector(findEvent(abi, name))] as const);
  const types = new Map<string, event['type']>(pairs.map(([name, topic]) => [topic, name]));
  return {
    abi,
    topics: Object.fromEntries(pairs) as Record<event['type'], Hex>,
    decode(log, contract) {
      const { address, topics, data, blockNumber, blockHash, transactionHash, logIndex } = log;
      const type = types.get(topics[0]?.toLowerCase() ?? '');
      if (type === undefined || !sameAddress(address, contract)) return undefined;
      try {
        const decoded = decodeEventLog({ abi, topics: topics as [Hex, ...Hex[]], data });
        const args = convert((decoded.args ?? {}) as unknown as Record<string, unknown>);
        const position = { blockNumber, blockHash, transactionHash, logIndex };
        return { type, ...args, ...position } as unknown as event;
      } catch (cause) {
        throw new BaseError('RPC_ANSWER_INVALID', `The event ${type} cannot be decoded.`, {
          place: `log ${logIndex} of block ${blockNumber}`,
          cause,
        });
      }
    },
  };
}

/** The declaration of an event. Inside this package only. */
export function findEvent(abi: Abi, name: string): AbiEvent {
  return abi.find((item) => item.type === 'event' && item.name === name) as AbiEvent;
}
