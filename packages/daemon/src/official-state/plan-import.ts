import { formatGroupId, hexToBytes } from '@snetkit/core';
import type { CommitItem } from '../store/store.ts';
import { emptyReport, type ImportPlan } from './import-plan.ts';
import type { OfficialPayment } from './official-structs.ts';
import { type ImportSources, type OfficialAccount, planChannel } from './plan-channel.ts';
import { planFreeCalls, planPrepaid } from './plan-counters.ts';
import type { OfficialState } from './read-official-state.ts';

/** What else planning an import needs. */
export interface PlanImportOptions extends ImportSources {
  /** The group's 32 bytes as hex with 0x. */
  readonly groupId: string;
  /** Whether the signature over (channel, nonce, amount) is of one of these wallets. */
  isSignedBy(
    payment: Omit<OfficialPayment, 'MpeContractAddress'>,
    wallets: readonly string[],
  ): boolean;
  /** Told now and then how many records are planned. */
  onProgress?(done: number): void;
}

/**
 * Plans what an import writes. Records that our store has already, or has more of, are left alone, so
 * that a second import changes nothing.
 *
 * @throws BaseError STORE_VALUE_INVALID, or that our store or the chain cannot be read
 */
export async function planImport(
  state: OfficialState,
  options: PlanImportOptions,
): Promise<ImportPlan> {
  const report = emptyReport();
  const items: CommitItem[] = [];
  let done = 0;
  for (const account of accountsOf(state)) {
    const item = await planChannel(account, options, report);
    if (item !== undefined) items.push(item);
    checkAccount(account);
    done += 1;
    if (done % 1_000 === 0) options.onProgress?.(done);
  }
  for await (const item of planPrepaid(state, options, report)) items.push(item);
  for await (const item of planFreeCalls(state, options, report)) items.push(item);
  report.heldLocks.push(...state.heldLocks.map(({ name }) => name));
  report.models = state.models;
  report.damaged.push(...state.damaged);
  report.ignored.push(...state.ignored);
  return { items, report };

  /** What is wrong here was wrong there; it is taken over all the same. */
  function checkAccount({ channelId, channel, claims }: OfficialAccount): void {
    if (channel === undefined) return;
    if (channel.GroupID !== options.groupId) {
      const reason = `the channel is of group ${formatGroupId(hexToBytes(channel.GroupID))}`;
      report.doubtful.push({ key: `channel/${channelId}`, reason });
    }
    const wallets = [channel.Signer, channel.Sender];
    const payments = claims.filter((claim) => claim.Amount > 0n);
    const { AuthorizedAmount: Amount, Nonce: ChannelNonce, Signature } = channel;
    if (Amount > 0n) {
      payments.push({ ...emptyPayment, ChannelID: channelId, ChannelNonce, Amount, Signature });
    }
    for (const payment of payments) {
      if (options.isSignedBy(payment, wallets)) continue;
      const reason = `${payment.Amount} cogs of nonce ${payment.ChannelNonce} are not signed by the channel's signer or sender`;
      report.doubtful.push({ key: `channel/${channelId}`, reason });
    }
  }
}

const emptyPayment = { MpeContractAddress: `0x${'0'.repeat(40)}` };

function accountsOf({ channels, claims }: OfficialState): OfficialAccount[] {
  const accounts = new Map<
    bigint,
    { -readonly [K in keyof OfficialAccount]: OfficialAccount[K] }
  >();
  for (const channel of channels) {
    const channelId = channel.ChannelID;
    accounts.set(channelId, { channelId, channel, claims: [] });
  }
  for (const claim of claims) {
    const channelId = claim.ChannelID;
    const account = accounts.get(channelId) ?? { channelId, channel: undefined, claims: [] };
    accounts.set(channelId, { ...account, claims: [...account.claims, claim] });
  }
  return [...accounts.values()];
}
