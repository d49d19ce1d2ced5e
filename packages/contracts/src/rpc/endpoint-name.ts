import type { Client } from 'viem';

const names = new WeakMap<object, string>();

/** Notes where a client's requests go. The name may hold an API key: it must not leave memory. */
export function nameEndpoint(client: object, name: string): void {
  names.set(client, name);
}

/** What is the same for two clients of one endpoint, and different for two endpoints. */
export function getEndpointName(client: Pick<Client, 'uid'>): string {
  return names.get(client) ?? client.uid;
}
