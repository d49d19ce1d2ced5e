import { BaseError } from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';
import {
  createConfig,
  type FundingEvent,
  type PaymentReceipt,
  type ServiceClient,
  SnetEngine,
} from '@snetkit/sdk';
import { roundMs } from '../call/call-report.ts';
import { defineLocal, getLocalLedger } from '../session/choose-network.ts';
import type { Story, StoryCall } from './story.ts';

/** Sent in the first call. */
const request = { text: 'Guten Morgen! Wie wird das Wetter heute in Berlin?' };
const method = 'Detect';

/**
 * Makes two paid calls through the daemon, as any client would: the first opens a channel, the second
 * shows what a call takes from then on.
 */
export async function makeFirstCalls(
  devnet: Devnet,
  { startMs, signal }: { startMs: number; signal: AbortSignal },
): Promise<Story> {
  const { rpcUrl, contentUrl, organizationId, serviceId, groupName, accounts } = devnet;
  const config = createConfig({
    network: defineLocal(devnet),
    rpcUrl,
    contentUrl,
    ledgerDirectory: getLocalLedger(devnet),
  });
  await using engine = new SnetEngine(config);
  engine.addAccount({ privateKey: accounts.client.privateKey });
  let channel: FundingEvent | undefined;
  const service = await engine.createServiceClient({
    organizationId,
    serviceId,
    signal,
    onFunding: (event) => {
      channel ??= event;
    },
  });
  const cold = await timeCall(service, 'cold', signal);
  const warm = await timeCall(service, 'warm', signal);
  if (channel === undefined) throw new BaseError('INTERNAL', 'No channel was opened.');
  const { top, open } = await service.getChannelState(channel.channelId, { signal });
  return {
    token: engine.token,
    organizationId,
    serviceId,
    groupName,
    endpoint: devnet.endpoint,
    method: service.getMethod(method).path.slice(1),
    price: service.getPrice(method),
    channel,
    request,
    result: cold.result,
    calls: [cold.call, warm.call],
    claimable: open.reduce((rest, { from, to }) => rest - (to - from), top),
    startMs,
  };
}

async function timeCall(service: ServiceClient, kind: StoryCall['kind'], signal: AbortSignal) {
  let receipt: PaymentReceipt | undefined;
  const onPayment = (paid: PaymentReceipt) => {
    receipt = paid;
  };
  const started = performance.now();
  const result = await service.call(method, request, { signal, onPayment });
  const elapsedMs = roundMs(performance.now() - started);
  if (receipt === undefined) throw new BaseError('INTERNAL', 'The call was not paid for.');
  return { result, call: { kind, elapsedMs, receipt } satisfies StoryCall };
}
