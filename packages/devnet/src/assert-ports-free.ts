import { createServer } from 'node:net';
import { BaseError } from '@snetkit/core';
import type { DevnetPorts } from './devnet/start-devnet-options.ts';

/**
 * Checks the ports that were asked for before anything is started: each part would tell in its own
 * words, after a while, that it cannot listen.
 *
 * @throws BaseError `DEVNET_LISTEN_FAILED`
 */
export async function assertPortsFree(ports: DevnetPorts): Promise<void> {
  const users = new Map<number, string>();
  for (const [part, port] of Object.entries(ports) as [string, number | undefined][]) {
    if (port === undefined || port === 0) continue;
    const obstacle = users.get(port) ?? (await findObstacle(port));
    if (obstacle !== undefined) throw taken(part, port, obstacle);
    users.set(port, `the ${part} of this network has it`);
  }
}

/** Why a port cannot be had, if so. */
async function findObstacle(port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return code === 'EADDRINUSE' ? 'another program has it' : `it may not be used: ${code}`;
  }
  await new Promise((resolve) => server.close(resolve));
  return undefined;
}

function taken(part: string, port: number, found: string): BaseError {
  return new BaseError('DEVNET_LISTEN_FAILED', `The ${part} cannot listen on port ${port}.`, {
    place: `${part}=${port}`,
    expected: 'a port of 127.0.0.1 that is free',
    found,
    hint: `Give the ${part} another port, or none for a free one, or end who has it.`,
  });
}
