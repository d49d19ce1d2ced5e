import { formatAmount } from '@snetkit/core';
import type { MessageObject, MessageValue } from '@snetkit/sdk';
import { formatMs } from '../call/call-report.ts';
import { formatFacts } from '../output/format-facts.ts';
import type { Output } from '../output/output.ts';
import { stringifyPlain } from '../output/stringify-plain.ts';
import type { Story, StoryCall } from './story.ts';

/** Tells the story of the first paid call to a person. */
export function formatStory(story: Story, output: Output): string {
  const { token, channel, calls, result } = story;
  const amount = (cogs: bigint) => formatAmount(cogs, token);
  const tell = ({ receipt, elapsedMs }: StoryCall) =>
    `signed ${amount(receipt.signedBefore ?? 0n)} before, ${amount(receipt.amount ?? 0n)} after, in ${formatMs(elapsedMs)}`;
  const facts: [string, string][] = [
    ['service', `${story.organizationId}/${story.serviceId}, group ${story.groupName}`],
    ['method', `${story.method} at ${story.endpoint}`],
    ['price', `${amount(story.price)} a call`],
    ['request', stringifyPlain(story.request)],
    ['result', output.style('bold', describeResult(result))],
    [
      'channel',
      `${channel.channelId}, opened with ${amount(channel.amount)} until block ${channel.expiration}`,
    ],
    ...calls.map((call): [string, string] => [
      call.kind === 'cold' ? 'first call' : 'second call',
      tell(call) + (call.kind === 'cold' ? ' (the channel was opened meanwhile)' : ''),
    ]),
    ['claimable', `${amount(story.claimable)} can the provider claim now, its daemon says`],
  ];
  return [
    output.style('bold', 'A paid call'),
    formatFacts(facts, (name) => output.style('dim', name)),
  ].join('\n');
}

/** What the example service found out, in words; anything else as it came. */
function describeResult(result: MessageObject): string {
  const language = find(find(result, 'detection'), 'language');
  const [name, code] = [find(language, 'name'), find(language, 'code')];
  if (typeof name !== 'string' || typeof code !== 'string') return stringifyPlain(result);
  return `${name} (${code})`;
}

function find(value: MessageValue | undefined, field: string): MessageValue | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as MessageObject)[field] : undefined;
}
