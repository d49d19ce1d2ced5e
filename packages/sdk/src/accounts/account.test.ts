import { privateKeySigner, type Signer } from '@snetkit/contracts';
import { expect, test } from 'vitest';
import { startNetwork } from '../../test/start-network.ts';

test('args: another signer for payments', async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  const owner = privateKeySigner(devnet.accounts.client.privateKey);
  const asked: string[] = [];
  const signer: Signer = {
    ...owner,
    signMessage: (packed) => {
      asked.push('signMessage');
      return owner.signMessage(packed);
    },
    signTransaction: (transaction) => {
      asked.push('signTransaction');
      return owner.signTransaction(transaction);
    },
  };
  const paymentSigner = privateKeySigner(`0x${'77'.repeat(32)}`);
  const engine = network.createEngine({ accounts: [{ signer, paymentSigner }] });
  const ids = { organizationId: 'local', serviceId: 'text' };
  const service = await engine.createServiceClient(ids);
  await service.call('Detect', { text: 'Guten Morgen' });
  await service.call('Detect', { text: 'Guten Morgen' });
  // The approval and the opening.
  expect(asked).toEqual(['signTransaction', 'signTransaction']);
  const [channel] = await engine.channels.list();
  expect(channel).toMatchObject({
    sender: owner.address,
    signer: paymentSigner.address,
    signed: devnet.price * 2n,
  });
  expect((await service.getChannelState(0n)).top).toBe(devnet.price * 2n);

  // Opened by hand, it names the same signer.
  const { channel: second } = await engine.channels.open({
    organizationId: 'local',
    amount: 5n,
    another: true,
  });
  expect(second.signer).toBe(paymentSigner.address);
});
