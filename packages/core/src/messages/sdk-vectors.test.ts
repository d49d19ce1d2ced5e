import { expect, test } from 'vitest';
import { type PackedVector, sdkVectors } from '../../test/vectors.ts';
import { bytesToHex, hexToBytes } from '../bytes/hex.ts';
import { hashPersonalMessage } from '../crypto/hash-personal-message.ts';
import { keccak256 } from '../crypto/keccak256.ts';
import { recoverSigner } from '../crypto/recover-signer.ts';
import { signMessage } from '../crypto/sign-message.ts';
import { formatFreeCallToken, parseFreeCallToken } from '../ids/free-call-token.ts';
import { packClaimMessage } from './pack-claim-message.ts';
import { packFreeCallMessage } from './pack-free-call-message.ts';
import { packFreeCallTokenMessage } from './pack-free-call-token-message.ts';
import { packFreeCallTokenRequest } from './pack-free-call-token-request.ts';
import { packGetChannelStateMessage } from './pack-get-channel-state-message.ts';
import { packGetTokenMessage } from './pack-get-token-message.ts';
import { packListInProgressMessage } from './pack-list-in-progress-message.ts';
import { packListUnclaimedMessage } from './pack-list-unclaimed-message.ts';
import { packOpenChannelByThirdPartyMessage } from './pack-open-channel-by-third-party-message.ts';
import { packStartClaimMessage } from './pack-start-claim-message.ts';
import { packStartClaimsMessage } from './pack-start-claims-message.ts';
import { packTrainingMessage } from './pack-training-message.ts';

const vectors = sdkVectors.signed_messages;
const { keys } = sdkVectors.accounts;
const freeCall = {
  address: vectors.free_call.user_address,
  organizationId: vectors.org_id,
  serviceId: vectors.service_id,
  groupId: vectors.group_id,
  block: BigInt(vectors.free_call.current_block),
};

test.each(vectors.claim.map((vector) => [vector.name, vector] as const))(
  'default: %s',
  (_, vector) => {
    check(vector, packClaimMessage(claimFields(vector)));
  },
);

test.each(vectors.get_channel_state.map((vector) => [vector.name, vector] as const))(
  'default: %s',
  (_, vector) => {
    const [, mpe, channelId, block] = vector.values as [string, string, string, string];
    const fields = { mpe, channelId: BigInt(channelId), block: BigInt(block) };
    check(vector, packGetChannelStateMessage(fields));
  },
);

test('default: prepaid token request', () => {
  expect(vectors.prepaid_token_request).toHaveLength(1);
  for (const request of vectors.prepaid_token_request) {
    const claim = {
      mpe: vectors.mpe_address,
      channelId: BigInt(request.channel_id),
      nonce: BigInt(request.nonce),
      amount: BigInt(request.signed_amount),
    };
    check(request.claim, packClaimMessage(claim));
    const claimSignature = hexToBytes(request.claim.signature);
    check(
      request.outer,
      packGetTokenMessage({ claimSignature, block: BigInt(request.current_block) }),
    );
  }
});

test('default: free-call token request, with and without user', () => {
  const [plain, withUser] = vectors.free_call.get_token;
  check(plain!, packFreeCallTokenRequest(freeCall));
  check(plain!, packFreeCallTokenRequest({ ...freeCall, userId: '' }));
  check(withUser!, packFreeCallTokenRequest({ ...freeCall, userId: 'user@example.com' }));
});

test('default: free-call token that a daemon issues', () => {
  const { signer, packed, keccak256: hash, token_hex } = vectors.free_call.daemon_issued_token;
  const expirationBlock = BigInt(vectors.free_call.token_expiration_block);
  const message = packFreeCallTokenMessage({
    organizationId: vectors.org_id,
    groupName: vectors.group_name,
    address: freeCall.address,
    expirationBlock,
  });
  expect(bytesToHex(message)).toBe(packed);
  expect(bytesToHex(keccak256(message))).toBe(hash);
  const { signature, ...rest } = parseFreeCallToken(hexToBytes(token_hex));
  expect(rest).toEqual({ expirationBlock });
  expect(recoverSigner({ message, signature })).toBe(keys[signer]!.address);
  expect(bytesToHex(formatFreeCallToken({ signature, expirationBlock }))).toBe(token_hex);
});

test('default: free call', () => {
  const token = hexToBytes(vectors.free_call.daemon_issued_token.token_hex);
  expect(vectors.free_call.call).toHaveLength(1);
  check(vectors.free_call.call[0]!, packFreeCallMessage({ ...freeCall, token }));
});

test.each(vectors.training_auth.map((vector) => [vector.name, vector] as const))(
  'default: training %s',
  (_, vector) => {
    const [message, signer, block] = vector.values as [string, string, string];
    check(vector, packTrainingMessage({ message, signer, block: BigInt(block) }));
  },
);

test('default: provider control', () => {
  const mpe = vectors.mpe_address;
  const block = 7654321n;
  const [unclaimed, inProgress, start, startMany] = vectors.provider_control;
  check(unclaimed!, packListUnclaimedMessage({ mpe, block }));
  check(inProgress!, packListInProgressMessage({ mpe, block }));
  check(start!, packStartClaimMessage({ mpe, channelId: 42n, nonce: 3n }));
  check(startMany!, packStartClaimsMessage({ mpe, channelIds: [42n, 3n], block }));
});

test('default: channel opened by a third party', () => {
  const [vector] = vectors.open_channel_by_third_party;
  const [, mpe, opener, signer, recipient, groupId, value, expiration, messageNonce] = vector!
    .values as [string, string, string, string, string, string, string, string, string];
  const message = packOpenChannelByThirdPartyMessage({
    mpe,
    opener,
    signer,
    recipient,
    groupId: hexToBytes(groupId),
    value: BigInt(value),
    expiration: BigInt(expiration),
    messageNonce: BigInt(messageNonce),
  });
  check(vector!, message);
});

test.each(vectors.golden_from_daemon_tests.map((vector, i) => [i, vector] as const))(
  'behavior: golden signature %s of the official daemon',
  (_, vector) => {
    const message = packClaimMessage(claimFields(vector));
    expect(bytesToHex(message)).toBe(vector.packed);
    expect(bytesToHex(hashPersonalMessage(message))).toBe(vector.eip191_hash);
    const signature = hexToBytes(vector.signature);
    expect(recoverSigner({ message, signature })).toBe(vector.expected_recovered);
  },
);

test('behavior: numbers above 2^53 keep every digit', () => {
  const { amount, exact_hex } = sdkVectors.js_precision;
  const fields = { mpe: vectors.mpe_address, channelId: 0n, nonce: 0n, amount: BigInt(amount) };
  expect(bytesToHex(packClaimMessage(fields))).toMatch(new RegExp(`${exact_hex.slice(2)}$`));
});

function claimFields({ values }: Pick<PackedVector, 'values'>) {
  const [, mpe, channelId, nonce, amount] = values as [string, string, string, string, string];
  return { mpe, channelId: BigInt(channelId), nonce: BigInt(nonce), amount: BigInt(amount) };
}

function check(vector: PackedVector, message: Uint8Array): void {
  const { private_key: privateKey, address } = keys[vector.signer]!;
  expect(bytesToHex(message)).toBe(vector.packed);
  expect(bytesToHex(keccak256(message))).toBe(vector.keccak256);
  expect(bytesToHex(hashPersonalMessage(message))).toBe(vector.eip191_hash);
  expect(bytesToHex(signMessage({ message, privateKey }))).toBe(vector.signature);
  for (const text of [vector.signature, vector.signature_v01]) {
    expect(recoverSigner({ message, signature: hexToBytes(text) })).toBe(address);
  }
}
