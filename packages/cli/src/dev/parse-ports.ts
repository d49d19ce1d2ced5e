import { BaseError } from '@snetkit/core';
import type { DevnetPorts } from '@snetkit/devnet';

const parts = ['chain', 'content', 'daemon', 'service'] as const;

/**
 * Reads `chain=8545` and the like.
 *
 * @throws BaseError `COMMAND_LINE_INVALID`
 */
export function parsePorts(texts: readonly string[]): DevnetPorts {
  return Object.fromEntries(texts.map(parsePort));
}

function parsePort(text: string): [string, number] {
  const [, part = '', port = ''] = /^([a-z]+)=([0-9]{1,5})$/.exec(text) ?? [];
  if (parts.some((known) => known === part) && Number(port) > 0 && Number(port) < 65_536) {
    return [part, Number(port)];
  }
  throw new BaseError('COMMAND_LINE_INVALID', 'This is not the port of a part of the network.', {
    place: '--port',
    expected: `${parts.join(', ')}, = and a port, such as chain=8545`,
    found: JSON.stringify(text.slice(0, 40)),
  });
}
