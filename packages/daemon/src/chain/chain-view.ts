/** A channel as the chain had it at `block` (MultiPartyEscrow `channels(uint256)`). Amounts in cogs. */
export interface ChannelOnChain {
  readonly channelId: bigint;
  readonly nonce: bigint;
  readonly sender: string;
  readonly signer: string;
  readonly recipient: string;
  /** 32 bytes as hex with 0x. */
  readonly groupId: string;
  readonly value: bigint;
  /** Block number. */
  readonly expiration: bigint;
  /** Latest block known when this was read. */
  readonly block: bigint;
}

/**
 * What this replica knows of the channels. Corrected once per block by the escrow's events for all
 * channels together; a single channel is read only when it is met first or when a call would be refused.
 */
export interface ChainView {
  /** What is known without asking anybody. */
  peek(channelId: bigint): ChannelOnChain | undefined;
  /**
   * Reads the channel from the chain now (concurrent readers share one request).
   * @returns undefined when no such channel was ever opened
   * @throws BaseError when the chain cannot be read in time
   */
  read(channelId: bigint, options?: { signal?: AbortSignal }): Promise<ChannelOnChain | undefined>;
}

/** One clock of blocks per process, shared by all checks. */
export interface BlockClock {
  /**
   * Latest block number.
   * @throws BaseError while no block was ever read, or the last one is too old to be trusted
   */
  current(): bigint;
}

/** A clock that can also say how far the chain may have come while it does not tell. */
export interface ExpiryClock extends BlockClock {
  /**
   * Highest block number that the chain can have reached by now: the latest one while the node answers,
   * and afterwards `latest + ceil(age / fastest block time)`.
   * @throws BaseError while no block was ever read
   */
  latestPossible(): bigint;
}
