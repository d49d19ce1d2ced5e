import type { Devnet } from '@snetkit/devnet';
import { getLocalLedger } from '../session/choose-network.ts';
import { getNetworkFile } from './network-file.ts';

/**
 * A TypeScript program of ten lines that calls the service of a local network and pays for it.
 *
 * @param as what the network poses as; a program for that one needs no file
 */
export function createSampleProgram(devnet: Devnet, as: string | undefined): string {
  const { rpcUrl, contentUrl, accounts, organizationId, serviceId } = devnet;
  const ids = `organizationId: ${quote(organizationId)}, serviceId: ${quote(serviceId)}`;
  return [
    `import { createConfig, SnetEngine } from '@snetkit/sdk';`,
    as === undefined
      ? `import network from ${quote(getNetworkFile(devnet))} with { type: 'json' };`
      : `const network = ${quote(as)};`,
    `const rpcUrl = ${quote(rpcUrl)};`,
    `const contentUrl = ${quote(contentUrl)};`,
    `const ledgerDirectory = ${quote(getLocalLedger(devnet))};`,
    `const engine = new SnetEngine(createConfig({ network, rpcUrl, contentUrl, ledgerDirectory }));`,
    `engine.addAccount({ privateKey: ${quote(accounts.client.privateKey)} });`,
    `const service = await engine.createServiceClient({ ${ids} });`,
    `console.log(await service.call('Detect', { text: 'Ciao a tutti, come state oggi?' }));`,
    `await engine.close();`,
  ].join('\n');
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
