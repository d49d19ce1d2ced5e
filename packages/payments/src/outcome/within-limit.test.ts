import { Code, ConnectError, createRouterTransport } from '@connectrpc/connect';
import { Health } from '@snetkit/protos/health';
import { PaymentChannelStateService } from '@snetkit/protos/state';
import { expect, test } from 'vitest';
import { testSigner } from '../../test/simulated-network.ts';
import { checkDaemon } from '../state/check-daemon.ts';
import { getChannelState } from '../state/get-channel-state.ts';

const never = () => new Promise<never>(() => {});
const silent = createRouterTransport(({ service }) => {
  service(PaymentChannelStateService, { getChannelState: never });
  service(Health, { check: never });
});
const mpe = testSigner.address;
const asked = { mpe, channelId: 1n, signer: testSigner, block: 1n, timeoutMs: 60 };

test('default: a question names its own limit', async () => {
  await expect(getChannelState(silent, asked)).rejects.toMatchObject({
    message: [
      'The daemon took too long to answer a question.',
      'Place: /escrow.PaymentChannelStateService/GetChannelState',
      'Expected: an answer within 60 ms',
    ].join('\n'),
  });
  await expect(checkDaemon(silent, { timeoutMs: 60 })).rejects.toMatchObject({
    code: 'TIMED_OUT',
    place: '/grpc.health.v1.Health/Check',
  });
});

test('behavior: what the daemon says of its own accord stays', async () => {
  const daemon = createRouterTransport(({ service }) => {
    service(PaymentChannelStateService, {
      getChannelState() {
        throw new ConnectError('my store is slow', Code.DeadlineExceeded);
      },
    });
  });
  await expect(getChannelState(daemon, { ...asked, timeoutMs: 10_000 })).rejects.toThrow(
    '[deadline_exceeded] my store is slow',
  );
});
