import type { PaymentRefusal } from '../call/payment-refusal.ts';
import type { ChainView } from '../chain/chain-view.ts';
import { advance } from '../ledger/advance.ts';
import type { CounterRecord } from '../ledger/counter.ts';
import { encodeCounter } from '../ledger/counter-codec.ts';
import { encodeChannelRecord, encodeClaimRecord } from '../ledger/record-codec.ts';
import { settleToken, type TokenPayment } from '../ledger/settle-token.ts';
import type { Store } from '../store/store.ts';
import type { ChannelAccounts } from './channel-accounts.ts';
import type { CounterAccounts } from './counter-accounts.ts';
import { prepaidKey } from './counter-key.ts';
import { channelKey, claimKey } from './read-record.ts';
import { refuseBusy, refuseStore } from './refusals.ts';

/** So often the two keys may change under the hands of one request. */
const attempts = 8;

/** A token's payment, for one channel. Its signature, signer and the channel's expiry are checked already. */
export interface TokenRequest extends TokenPayment {
  readonly channelId: bigint;
}

/** What a channel has bought and used beforehand, in cogs. */
export type Prepaid = Pick<CounterRecord, 'planned' | 'used'>;

/** Buys prepaid cogs with what a channel has left. */
export interface TokenCommits {
  /**
   * Settles everything between the channel's top and the signed amount, and plans it, in one commit.
   * An amount that was bought already is not refused: its counts are told.
   *
   * @throws PaymentRefusal busy (9) while calls are in flight here; nonce, funds or income after a
   *   fresh look; 13 when it is not known whether the store has it: asking again is safe then
   */
  commit(request: TokenRequest): Promise<Prepaid>;
}

/** What {@link createTokenCommits} stands on. */
export interface TokenCommitsOptions {
  readonly store: Store;
  readonly chain: ChainView;
  readonly accounts: Pick<ChannelAccounts, 'get' | 'readRecord' | 'readClaim'>;
  readonly counters: Pick<CounterAccounts, 'read'>;
}

/** GetToken's two-key commit (ledger.md, section 5). */
export function createTokenCommits(options: TokenCommitsOptions): TokenCommits {
  const { store, chain, accounts, counters } = options;

  /** Bought by another replica, or by an earlier request whose outcome nobody knew. */
  async function readBought({ channelId }: TokenRequest): Promise<Prepaid> {
    const { record } = await readOrRefuse(counters.read(prepaidKey(channelId)));
    // A call has taken the amount, then.
    if (record.planned === 0n) throw refuseBusy(channelId);
    return record;
  }

  /** One try; `undefined` when somebody else wrote in between. */
  async function tryOnce(request: TokenRequest): Promise<Prepaid | undefined> {
    const { channelId } = request;
    const keys = { channel: channelKey(channelId), prepaid: prepaidKey(channelId) };
    const account = accounts.get(channelId);
    // Nobody else here is admitted on this stretch meanwhile.
    const reservation = await account.reserveRest(request);
    if (reservation === undefined) return readBought(request);
    try {
      const [base, counter] = await readOrRefuse(
        Promise.all([accounts.readRecord(channelId), counters.read(keys.prepaid)]),
      );
      const onChain = chain.peek(channelId) ?? base.record.chain;
      const { record: current, claim } = advance(base.record, onChain?.nonce ?? 0n);
      const isKept =
        claim === undefined ||
        (await readOrRefuse(accounts.readClaim(channelId, claim.nonce))) !== undefined;
      const old = isKept ? [] : [{ key: claimKey(channelId, claim.nonce), claim }];
      const settled = settleToken(current, request);
      if (settled === undefined) return undefined;
      const record = { ...settled.record, chain: onChain };
      const prepaid = { ...counter.record, planned: counter.record.planned + settled.bought };
      const [outcome] = await store.commit([
        {
          checks: [
            { key: keys.channel, version: base.version },
            { key: keys.prepaid, version: counter.version },
            ...old.map(({ key }) => ({ key, version: 0n })),
          ],
          writes: [
            { key: keys.channel, value: encodeChannelRecord(record) },
            { key: keys.prepaid, value: encodeCounter(prepaid) },
            ...old.map(({ key, claim }) => ({ key, value: encodeClaimRecord(claim) })),
          ],
        },
      ]);
      if (outcome?.outcome === 'conflict') return undefined;
      // Both keys move together or not at all, and a cumulative amount is bought only once: whoever
      // asks again with the same amount learns what became of this.
      if (outcome?.outcome !== 'applied') throw refuseStore(outcome?.cause);
      account.adopt({ record, version: outcome.version });
      return prepaid;
    } finally {
      account.rollback(reservation);
    }
  }

  return {
    async commit(request) {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const prepaid = await tryOnce(request);
        if (prepaid !== undefined) return prepaid;
      }
      throw refuseBusy(request.channelId) satisfies PaymentRefusal;
    },
  };
}

async function readOrRefuse<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    throw refuseStore(cause);
  }
}
