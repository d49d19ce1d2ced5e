import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Devnet } from '@snetkit/devnet';
import { defineLocal } from '../session/choose-network.ts';

/** Where a program finds the contracts of a local network. */
export function getNetworkFile({ directory }: Pick<Devnet, 'directory'>): string {
  return join(directory, 'network.json');
}

/** Writes the definition of a local network, as `createConfig` takes it. */
export async function writeNetworkFile(devnet: Devnet): Promise<void> {
  const text = JSON.stringify(defineLocal(devnet), null, 2);
  await writeFile(getNetworkFile(devnet), `${text}\n`);
}
