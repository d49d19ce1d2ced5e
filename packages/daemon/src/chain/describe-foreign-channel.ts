import { sameAddress } from '@snetkit/core';
import type { ChannelOnChain } from './chain-view.ts';

/** Whose payments a daemon takes. */
export interface OwnGroup {
  /** Payment address of the group. */
  readonly recipient: string;
  /** 32 bytes as hex with 0x. */
  readonly groupId: string;
}

/** Why a channel pays somebody else, in the words of daemon.md 4.1, step 3; undefined when it is ours. */
export function describeForeignChannel(
  channel: ChannelOnChain,
  { recipient, groupId }: OwnGroup,
): string | undefined {
  if (!sameAddress(channel.recipient, recipient)) {
    return 'recipient Address from org metadata does not Match on what was retrieved from Channel';
  }
  if (channel.groupId.toLowerCase() === groupId.toLowerCase()) return undefined;
  return (
    'channel received belongs to another group of replicas, ' +
    `current group: ${byteList(groupId)}, channel group: ${byteList(channel.groupId)}`
  );
}

/** Go prints a byte array as decimal numbers in brackets. */
function byteList(hex: string): string {
  const bytes = hex.slice(2).match(/../g) ?? [];
  return `[${bytes.map((byte) => Number.parseInt(byte, 16)).join(' ')}]`;
}
