/** What the store said of a channel from a step on. */
interface RecordState {
  readonly step: number;
  readonly nonce: bigint;
  readonly top: bigint;
  /** Planned amount of each claim whose record is there: cogs. */
  readonly pending: readonly bigint[];
}

/** What the chain said of a channel from a step on. */
interface ChainState {
  readonly step: number;
  readonly nonce: bigint;
  readonly value: bigint;
  readonly expiration: bigint;
  readonly block: bigint;
}

/** All that was ever true of a channel, so that a refusal can be checked against the time it was made in. */
export class History {
  readonly records: RecordState[];
  readonly chain: ChainState[];

  constructor(record: Omit<RecordState, 'step'>, chain: Omit<ChainState, 'step'>) {
    this.records = [{ step: 0, ...record }];
    this.chain = [{ step: 0, ...chain }];
  }

  /** Whether an income could be read off some state since a step (ledger.md, section 12, I7). */
  wasIncome(income: bigint, amount: bigint, since: number): boolean {
    const chain = validSince(this.chain, since);
    return validSince(this.records, since).some(
      ({ nonce, top }) =>
        top === amount - income ||
        (income === amount && chain.some((state) => state.nonce > nonce)),
    );
  }

  /** Whether a nonce counted since a step. */
  wasNonce(nonce: bigint, since: number): boolean {
    return (
      validSince(this.records, since).some((state) => state.nonce === nonce) ||
      validSince(this.chain, since).some((state) => state.nonce === nonce)
    );
  }

  /** Whether the channel could pay just so much since a step. */
  wasLimit(limit: bigint, since: number): boolean {
    const records = validSince(this.records, since);
    return validSince(this.chain, since).some(
      ({ value }) =>
        value === limit || records.some(({ pending }) => pending.includes(value - limit)),
    );
  }

  /** Whether the channel was within so many blocks of its end since a step. */
  wasNearEnd(threshold: bigint, since: number, block: bigint): boolean {
    return validSince(this.chain, since).some(({ expiration }) => block + threshold >= expiration);
  }
}

function validSince<T extends { readonly step: number }>(states: readonly T[], since: number): T[] {
  let first = states.length - 1;
  while (first > 0 && (states[first] as T).step > since) first -= 1;
  return states.slice(first);
}
