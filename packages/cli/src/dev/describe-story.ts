import type { Devnet } from '@snetkit/devnet';
import { describeReceipt } from '../call/call-report.ts';
import { toJsonAmount } from '../output/amounts.ts';
import type { Story } from './story.ts';

/** The story of the first paid call for programs, with what it takes to make further ones. */
export function describeStory(story: Story, devnet: Devnet): object {
  const { token, channel } = story;
  return {
    network: {
      rpcUrl: devnet.rpcUrl,
      chainId: devnet.chainId,
      contentUrl: devnet.contentUrl,
      contracts: devnet.contracts,
      token,
      startMs: story.startMs,
    },
    service: {
      organizationId: story.organizationId,
      serviceId: story.serviceId,
      groupName: story.groupName,
      endpoint: story.endpoint,
    },
    method: story.method,
    price: toJsonAmount(story.price, token),
    channel: {
      id: channel.channelId,
      deposit: toJsonAmount(channel.amount, token),
      expiration: channel.expiration,
      transactionHash: channel.transactionHash,
    },
    request: story.request,
    result: story.result,
    calls: story.calls.map(({ kind, elapsedMs, receipt }) => ({
      kind,
      elapsedMs,
      ...describeReceipt(receipt, token),
    })),
    claimable: toJsonAmount(story.claimable, token),
  };
}
