import { type Hex, packClaimMessage } from '@snetkit/core';
import {
  claimChannel,
  depositAndOpenChannel,
  getAllowance,
  getEscrowBalance,
  getTokenBalance,
  type Signer,
} from '../src/index.ts';
import { groupId, type TestChain } from './test-chain.ts';

/** What one test says of a claim. */
export interface TestClaim {
  readonly channelId: bigint;
  readonly nonce?: bigint;
  readonly signed: bigint;
  readonly actual?: bigint;
  readonly sendBack?: boolean;
  /** Who signs the claim; the payer when not given. */
  readonly by?: Signer;
  /** Who sends it; the provider when not given. */
  readonly from?: Signer;
  readonly change?: (signature: Uint8Array) => Uint8Array;
}

/** Short forms of what tests of the escrow do again and again. */
export function createEscrowHelpers(getChain: () => TestChain) {
  return {
    escrowBalance(account: Hex) {
      const { client, mpe } = getChain();
      return getEscrowBalance(client, { mpe, account });
    },
    tokenBalance(account: Hex) {
      const { client, token } = getChain();
      return getTokenBalance(client, { token, account });
    },
    allowance(owner: Hex) {
      const { client, token, mpe } = getChain();
      return getAllowance(client, { token, owner, spender: mpe });
    },
    /** Opens a channel from the payer to the provider, with money from outside the escrow. */
    open(options: { amount?: bigint; expiration?: bigint } = {}) {
      const { client, mpe, token, payer, provider, delegate } = getChain();
      const { amount = 100n, expiration = 1_000_000n } = options;
      return depositAndOpenChannel(client, payer, {
        ...{ mpe, token, groupId, amount, expiration },
        signer: delegate.address,
        recipient: provider.address,
      });
    },
    /** Signs a claim and sends it. */
    async claim(options: TestClaim) {
      const { client, mpe, payer, provider } = getChain();
      const { channelId, nonce = 0n, signed, actual, sendBack } = options;
      const { by = payer, from = provider, change = (one) => one } = options;
      const message = packClaimMessage({ mpe, channelId, nonce, amount: signed });
      return claimChannel(client, from, {
        ...{ mpe, channelId, actualAmount: actual, signedAmount: signed, sendBack },
        signature: change(await by.signMessage(message)),
      });
    },
  };
}

/** Takes a signature apart as the contract wants it. */
export function splitSignature(signature: Uint8Array): { r: Hex; s: Hex; v: number } {
  const text = Buffer.from(signature).toString('hex');
  return {
    r: `0x${text.slice(0, 64)}`,
    s: `0x${text.slice(64, 128)}`,
    v: Number.parseInt(text.slice(128), 16),
  };
}

/** Vectors write numbers as text. */
export const textOf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}` : one)));
