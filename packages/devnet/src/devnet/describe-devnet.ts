import type { Devnet } from './devnet.ts';
import type { DevnetDescriptor } from './devnet-descriptor.ts';

/** What this process tells others about the local network that it holds up. */
export function describeDevnet(devnet: Devnet): DevnetDescriptor {
  const { rpcUrl, chainId, contracts, token, contentUrl, organizationId, serviceId } = devnet;
  const { groupName, directory, accounts, daemon, endpoint } = devnet;
  return {
    pid: process.pid,
    rpcUrl,
    chainId,
    contracts,
    token,
    contentUrl,
    organizationId,
    serviceId,
    groupName,
    ...(daemon !== undefined && { endpoint }),
    directory,
    accounts,
  };
}
