import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { privateKeySigner } from '@snetkit/contracts/signers';
import { type BaseError, bigintToBytes, packClaimMessage } from '@snetkit/core';
import { ChannelStateReplySchema } from '@snetkit/protos/state';
import { expect, test } from 'vitest';
import { verifyChannelState } from './verify-channel-state.ts';

const own = privateKeySigner(`0x${'42'.repeat(32)}`);
const foreign = privateKeySigner(`0x${'43'.repeat(32)}`);
const mpe = '0x5e592F9b1d303183d963635f895f0f0C48284f4e';
const channel = {
  mpe,
  channelId: 7n,
  nonce: 3n,
  value: 100n,
  expiration: 1_000n,
  signer: own.address,
  sender: own.address,
} as const;

type Reply = MessageInitShape<typeof ChannelStateReplySchema>;

async function signed(nonce: bigint, amount: bigint, signer = own) {
  return signer.signMessage(packClaimMessage({ mpe, channelId: 7n, nonce, amount }));
}

async function reply(more: Reply = {}): Promise<Reply> {
  return {
    currentNonce: bigintToBytes(3n),
    currentSignedAmount: bigintToBytes(60n),
    currentSignature: await signed(3n, 60n),
    ...more,
  };
}

function verify(answer: Reply) {
  return verifyChannelState(create(ChannelStateReplySchema, answer), channel);
}

function refusal(answer: Reply): string {
  try {
    verify(answer);
  } catch (error) {
    const { code, message } = error as BaseError;
    return `${code}: ${message}`;
  }
  return 'believed';
}

test('default: what the own signature confirms is believed', async () => {
  expect(verify(await reply())).toMatchObject({ nonce: 3n, top: 60n, claimed: 0n, maxInFlight: 1 });
});

test('behavior: a channel that nobody paid on', () => {
  expect(verify({ currentNonce: bigintToBytes(3n) })).toMatchObject({ top: 0n });
});

test('behavior: a claim in progress, with what it takes', async () => {
  const answer = await reply({
    currentNonce: bigintToBytes(4n),
    currentSignedAmount: bigintToBytes(10n),
    currentSignature: await signed(4n, 10n),
    oldNonceSignedAmount: bigintToBytes(60n),
    oldNonceSignature: await signed(3n, 60n),
  });
  expect(verify(answer)).toMatchObject({ nonce: 4n, top: 10n, claimed: 60n });
});

test('error: more than was ever signed, under the signature of a smaller amount', async () => {
  expect(refusal(await reply({ currentSignedAmount: bigintToBytes(90n) }))).toMatch(
    /^DAEMON_STATE_INVALID: The daemon tells an amount that this client did not sign\.\nPlace: GetChannelState of channel 7\nExpected: 90 cogs at nonce 3, signed by 0x\w{40} or 0x\w{40}\nFound: a signature of 0x\w{40}\nFix: /,
  );
});

test('error: a signature of somebody else', async () => {
  const currentSignature = await signed(3n, 60n, foreign);
  expect(refusal(await reply({ currentSignature }))).toContain(
    `Found: a signature of ${foreign.address}`,
  );
});

test('error: no signature at all', async () => {
  expect(refusal(await reply({ currentSignature: new Uint8Array() }))).toContain(
    'Found: a signature that cannot be read',
  );
});

test('error: an old nonce, and one that is too new', async () => {
  for (const nonce of [2n, 5n]) {
    expect(refusal(await reply({ currentNonce: bigintToBytes(nonce) }))).toContain(
      `DAEMON_STATE_INVALID: The daemon tells a nonce that the channel does not have.\nPlace: GetChannelState of channel 7\nExpected: nonce 3, or 4 while a claim is in progress\nFound: nonce ${nonce}`,
    );
  }
});

test('error: a claim of the same amounts twice, beyond what the channel holds', async () => {
  const answer = await reply({
    currentNonce: bigintToBytes(4n),
    currentSignature: await signed(4n, 60n),
    oldNonceSignedAmount: bigintToBytes(60n),
    oldNonceSignature: await signed(3n, 60n),
  });
  expect(refusal(answer)).toContain(
    'The daemon tells more signed than the channel holds.\nPlace: GetChannelState of channel 7\nExpected: at most 100 cogs\nFound: 120 cogs',
  );
});

test('error: open amounts beyond the top', async () => {
  const open = [{ from: bigintToBytes(10n), to: bigintToBytes(80n) }];
  expect(refusal(await reply({ open }))).toContain(
    'The daemon tells open amounts that do not fit together.\nPlace: GetChannelState of channel 7\nExpected: ascending stretches below 60 cogs\nFound: (10, 80]',
  );
});
