import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateKeySigner, type Signer } from '@snetkit/contracts';
import { packClaimMessage } from '@snetkit/core';
import { deriveTestAccount } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killStartedSnetd, type StartedSnetd, startSnetd } from '../shell/start-snetd.ts';
import { askRaw } from './ask-raw.ts';

const mpe = '0x5C7a4290F6F8FF64c69eEffDFAFc8644A4Ec3a4E';
const [alice, bob] = [2, 3].map((at) => privateKeySigner(deriveTestAccount(at).privateKey)) as [
  Signer,
  Signer,
];

let directory: string;
let daemon: StartedSnetd;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetd-allowed-limits-'));
  daemon = await startSnetd({
    directory,
    config: {
      blockchain_enabled: false,
      blockchain_network_selected: 'sepolia',
      passthrough_enabled: false,
      daemon_endpoint: '127.0.0.1:0',
      allowed_user_flag: true,
      allowed_user_addresses: [alice.address, bob.address],
      rate_limit_per_minute: 0.001,
      burst_size: 3,
      payer_rate_limit_per_minute: 0.001,
      payer_burst_size: 2,
    },
  });
});

afterAll(async () => {
  killStartedSnetd();
  await rm(directory, { recursive: true, force: true });
});

async function call(signer: Signer, { signed = 1n }: { signed?: bigint } = {}): Promise<unknown> {
  const claim = { mpe, channelId: 7n, nonce: 0n, amount: signed } as const;
  const signature = await signer.signMessage(packClaimMessage(claim));
  const { fields } = await askRaw(daemon.endpoint, '/a.B/C', {
    headers: {
      'snet-payment-channel-id': '7',
      'snet-payment-channel-nonce': '0',
      'snet-payment-channel-amount': '1',
      'snet-payment-mpe-address': mpe,
      'snet-payment-channel-signature-bin': Buffer.from(signature).toString('base64'),
    },
  });
  return fields['grpc-status'];
}

test('default: one payer cannot use up what another may, and a forged call uses up nothing', async () => {
  expect(await call(alice)).toBe('0');
  expect(await call(alice)).toBe('0');
  expect(await call(alice)).toBe('8');
  // Whose signature does not fit what it came with is somebody who is not on the list.
  for (let at = 0; at < 5; at++) expect(await call(bob, { signed: 2n })).toBe('13');
  expect(await call(bob)).toBe('0');
  // The service has let its three through.
  expect(await call(bob)).toBe('8');
  expect(await call(bob, { signed: 2n })).toBe('8');
});
