import { expect, test } from 'vitest';
import { daemonVectors, type SignatureVector } from '../../test/vectors.ts';
import { bytesToHex, hexToBytes } from '../bytes/hex.ts';
import { maxUint256 } from '../bytes/uint256.ts';
import { hashPersonalMessage } from '../crypto/hash-personal-message.ts';
import { keccak256 } from '../crypto/keccak256.ts';
import { parseSignature } from '../crypto/parse-signature.ts';
import { recoverSigner } from '../crypto/recover-signer.ts';
import { privateKeyToAddress, signMessage } from '../crypto/sign-message.ts';
import { formatFreeCallToken, parseFreeCallToken } from '../ids/free-call-token.ts';
import { packClaimMessage } from './pack-claim-message.ts';
import {
  type ConfigurationMethod,
  packConfigurationMessage,
} from './pack-configuration-message.ts';
import { packFreeCallMessage } from './pack-free-call-message.ts';
import { packFreeCallTokenMessage } from './pack-free-call-token-message.ts';
import { packFreeCallTokenRequest } from './pack-free-call-token-request.ts';
import { packGetChannelStateMessage } from './pack-get-channel-state-message.ts';
import { packGetTokenMessage } from './pack-get-token-message.ts';
import { packListInProgressMessage } from './pack-list-in-progress-message.ts';
import { packListUnclaimedMessage } from './pack-list-unclaimed-message.ts';
import { packMeteringMessage } from './pack-metering-message.ts';
import { packStartClaimMessage } from './pack-start-claim-message.ts';
import { packStartClaimsMessage } from './pack-start-claims-message.ts';
import { packTrainingMessage } from './pack-training-message.ts';

const { keys, signatures } = daemonVectors;

/** Messages of a scheme that daemons since 6.0 refuse; nothing packs them any more. */
const retired = ['OLD_v5_free_call_token', 'OLD_v5_free_call_request'];

test('behavior: every vector is there', () => {
  expect(signatures).toHaveLength(37);
  expect(signatures.filter(({ name }) => retired.includes(name))).toHaveLength(2);
});

const named = signatures.map((vector) => [vector.name, vector] as const);

test.each(named.filter(([name]) => !retired.includes(name)))('behavior: packs %s', (_, vector) => {
  expect(bytesToHex(packVector(vector))).toBe(vector.message);
});

test.each(named)('behavior: hashes %s', (_, { message, innerKeccak, signHash }) => {
  expect(bytesToHex(keccak256(hexToBytes(message)))).toBe(innerKeccak);
  expect(bytesToHex(hashPersonalMessage(hexToBytes(message)))).toBe(signHash);
});

test.each(named)('behavior: signs %s', (_, vector) => {
  const { privateKey, address } = keys[vector.key]!;
  expect(privateKeyToAddress(privateKey)).toBe(address);
  expect(address).toBe(vector.signer);
  const signature = signMessage({ message: hexToBytes(vector.message), privateKey });
  expect(bytesToHex(signature)).toBe(vector.signatureWeb3_v27_28);
});

test.each(named)('behavior: recovers the signer of %s, with v of 0/1 and 27/28', (_, vector) => {
  const message = hexToBytes(vector.message);
  for (const text of [vector.signatureGo_v0_1, vector.signatureWeb3_v27_28]) {
    const signature = hexToBytes(text);
    expect(recoverSigner({ message, signature })).toBe(vector.signer);
    expect(parseSignature(signature).recoveryId).toBe(vector.recoveryId);
  }
});

test.each(named.filter(([, { token }]) => token !== undefined))(
  'behavior: puts the free-call token %s together and takes it apart',
  (_, vector) => {
    const signature = hexToBytes(vector.signatureGo_v0_1);
    const expirationBlock = BigInt(vector.inputs['expirationBlock'] as string);
    const token = formatFreeCallToken({ signature, expirationBlock });
    expect(bytesToHex(token)).toBe(vector.token);
    expect(bytesToHex(token)).toBe(`0x${vector.token_hex_field}`);
    expect(parseFreeCallToken(token)).toEqual({ signature, expirationBlock });
  },
);

function packVector({ name, inputs }: SignatureVector): Uint8Array {
  const text = (key: string) => inputs[key] as string;
  const number = (key: string) => BigInt(text(key));
  const block = 'currentBlock' in inputs ? number('currentBlock') : 0n;
  const mpe = text('mpe');
  const freeCall = () => ({
    address: text('address'),
    userId: text('user_id'),
    organizationId: text('org'),
    serviceId: text('service'),
    groupId: text('group_id'),
    block,
  });
  if (name === 'get_channel_state_block_int64_wrap') {
    // The official daemon turns this block into -1. The packer takes numbers as they are, so
    // the message is that of 2^256 - 1; nobody can be made to sign it by a block number.
    return packGetChannelStateMessage({ mpe, channelId: number('channelId'), block: maxUint256 });
  }
  if (/^(escrow_payment|token_claim)_/.test(name)) {
    const [channelId, nonce, amount] = [number('channelId'), number('nonce'), number('amount')];
    return packClaimMessage({ mpe, channelId, nonce, amount });
  }
  if (name.startsWith('get_channel_state_')) {
    return packGetChannelStateMessage({ mpe, channelId: number('channelId'), block });
  }
  if (name.startsWith('control_list_unclaimed_')) return packListUnclaimedMessage({ mpe, block });
  if (name.startsWith('control_list_in_progress_'))
    return packListInProgressMessage({ mpe, block });
  if (name.startsWith('control_start_claim_multiple_')) {
    const channelIds = (inputs['channelIds'] as readonly string[]).map(BigInt);
    return packStartClaimsMessage({ mpe, channelIds, block });
  }
  if (name.startsWith('control_start_claim_')) {
    return packStartClaimMessage({ mpe, channelId: number('channelId'), nonce: number('nonce') });
  }
  if (name.startsWith('token_request_outer_')) {
    return packGetTokenMessage({ claimSignature: hexToBytes(text('claim_signature')), block });
  }
  if (name.startsWith('free_call_get_token_')) return packFreeCallTokenRequest(freeCall());
  if (name.startsWith('free_call_token_issued')) {
    return packFreeCallTokenMessage({
      organizationId: text('org'),
      groupName: text('daemon_group_name'),
      address: text('address'),
      userId: text('user_id'),
      expirationBlock: number('expirationBlock'),
    });
  }
  if (name.startsWith('free_call_request')) {
    return packFreeCallMessage({ ...freeCall(), token: hexToBytes(text('token')) });
  }
  if (name.startsWith('configuration_')) {
    return packConfigurationMessage({ method: name.split('_')[1] as ConfigurationMethod, block });
  }
  if (name.startsWith('training_')) {
    return packTrainingMessage({ message: text('message'), signer: text('signer_address'), block });
  }
  return packMeteringMessage({
    username: text('username'),
    organizationId: text('org'),
    serviceId: text('service'),
    groupId: text('group'),
    block,
  });
}
