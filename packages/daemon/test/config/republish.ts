import {
  createChainClient,
  getOrganization,
  getService,
  privateKeySigner,
  updateOrganization,
  updateService,
} from '@snetkit/contracts';
import { formatStorageUri, type JsonObject, parseJson, utf8ToBytes } from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';
import { kuboSource, readContent, serializeMetadata } from '@snetkit/metadata';

/** Publishes the service of a local network again, with a change; resolves with the new URI. */
export async function republishService(
  devnet: Devnet,
  change: (document: JsonObject, group: JsonObject) => JsonObject,
): Promise<string> {
  const { serviceId, organizationId, contracts, rpcUrl } = devnet;
  const names = { registry: contracts.registry, organizationId, serviceId };
  const chain = createChainClient({ rpcUrl });
  const found = await getService(chain, names);
  const document = await readDocument(devnet, found?.metadataUri);
  const [group = {}] = document['groups'] as JsonObject[];
  const metadataUri = await put(devnet, change(document, group));
  await updateService(chain, owner(devnet), { ...names, metadataUri });
  return metadataUri;
}

/** Publishes the organization again, with other terms of payment. */
export async function republishOrganization(devnet: Devnet, payment: JsonObject): Promise<void> {
  const { organizationId, contracts, rpcUrl } = devnet;
  const names = { registry: contracts.registry, organizationId };
  const chain = createChainClient({ rpcUrl });
  const found = await getOrganization(chain, names);
  const document = await readDocument(devnet, found?.metadataUri);
  const [group = {}] = document['groups'] as JsonObject[];
  const terms = { ...(group['payment'] as JsonObject), ...payment };
  const metadataUri = await put(devnet, { ...document, groups: [{ ...group, payment: terms }] });
  await updateOrganization(chain, owner(devnet), { ...names, metadataUri });
}

/** The service document with another fixed price. */
export function withPrice(cogs: bigint) {
  return (document: JsonObject, group: JsonObject): JsonObject => ({
    ...document,
    groups: [
      {
        ...group,
        pricing: [{ default: true, price_model: 'fixed_price', price_in_cogs: cogs }],
      },
    ],
  });
}

function owner({ accounts }: Devnet) {
  return privateKeySigner(accounts.provider.privateKey);
}

async function readDocument({ contentUrl }: Devnet, uri = ''): Promise<JsonObject> {
  const content = kuboSource({ endpoint: contentUrl, timeoutMs: 10_000 });
  const bytes = await readContent(content, uri);
  return parseJson(new TextDecoder().decode(bytes)) as JsonObject;
}

async function put({ contentStore }: Devnet, document: JsonObject): Promise<string> {
  const cid = await contentStore.put(utf8ToBytes(serializeMetadata(document)));
  return formatStorageUri({ scheme: 'ipfs', cid });
}
