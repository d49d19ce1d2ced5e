import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { groupId, startTestChain, type TestChain } from '../../test/test-chain.ts';
import { expectedRevert } from '../../test/vectors.ts';
import {
  deposit,
  getChannel,
  isChannelOpeningUsed,
  openChannelByThirdParty,
  type Signer,
  signChannelOpening,
  transferTokens,
} from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
  const { client, mpe, token, payer, provider } = chain;
  await transferTokens(client, payer, { token, recipient: provider.address, amount: 20n });
  await deposit(client, provider, { mpe, token, amount: 20n });
});
afterAll(() => chain[Symbol.asyncDispose]());

const { escrowBalance } = createEscrowHelpers(() => chain);

/** The provider gives the delegate a channel to itself. */
const opening = (changes: { messageNonce: bigint; amount?: bigint }) => ({
  ...{ mpe: chain.mpe, opener: chain.provider.address, signer: chain.payer.address },
  ...{ recipient: chain.provider.address, groupId, amount: 5n, expiration: 900n, ...changes },
});

const openWith = async (consent: ReturnType<typeof opening>, by: Signer, opener: Signer) =>
  openChannelByThirdParty(chain.client, opener, {
    ...consent,
    sender: chain.delegate.address,
    signature: await signChannelOpening(by, consent),
  });

describe('openChannelByThirdParty', () => {
  test('default: a channel of another sender, with money of the opener, once', async () => {
    const { client, mpe, provider, delegate, payer } = chain;
    const consent = opening({ messageNonce: 1n });
    expect(await isChannelOpeningUsed(client, consent)).toBe(false);
    const before = await escrowBalance(provider.address);
    const { channelId, event } = await openWith(consent, delegate, provider);
    expect(event).toMatchObject({ type: 'ChannelOpen', sender: delegate.address, amount: 5n });
    expect(await getChannel(client, { mpe, channelId })).toMatchObject({
      sender: delegate.address,
      signer: payer.address,
      recipient: provider.address,
      value: 5n,
      expiration: 900n,
    });
    expect(before - (await escrowBalance(provider.address))).toBe(5n);
    expect(await isChannelOpeningUsed(client, consent)).toBe(true);
    const again = await failure(openWith(consent, delegate, provider));
    expect(again.shortMessage).toBe(
      `MultiPartyEscrow.openChannelByThirdParty reverts: ${expectedRevert('third party replay')}`,
    );
    expect(again.hint).toBe(
      'ask the sender for a new consent with another message nonce; this one has opened its channel',
    );
    await openWith(opening({ messageNonce: 2n }), delegate, provider);
  });

  test('error: the consent of somebody else, or used by somebody else', async () => {
    const { client, mpe, token, payer, provider, delegate } = chain;
    const refusal = 'MultiPartyEscrow.openChannelByThirdParty reverts: Invalid signature';
    const foreign = openWith(opening({ messageNonce: 3n }), payer, provider);
    expect((await failure(foreign)).shortMessage).toBe(refusal);
    await deposit(client, payer, { mpe, token, amount: 5n });
    const stolen = openWith(opening({ messageNonce: 3n }), delegate, payer);
    expect((await failure(stolen)).shortMessage).toBe(refusal);
  });

  test('error: more than the opener has in the escrow', async () => {
    const { provider, delegate } = chain;
    const consent = opening({ messageNonce: 4n, amount: 1_000n });
    const error = await failure(openWith(consent, delegate, provider));
    expect([error.shortMessage, error.hint]).toEqual([
      'MultiPartyEscrow.openChannelByThirdParty reverts: Insufficient balance',
      'deposit the missing tokens into the escrow first',
    ]);
  });
});
