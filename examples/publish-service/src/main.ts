// Publishes a service: protos and documents to the content store, their places to the Registry.
import {
  createChainClient,
  createOrganization,
  createService,
  privateKeySigner,
} from '@snetkit/contracts';
import { getNetwork, getStand, type Hex } from '@snetkit/core';
import {
  kuboStore,
  publishMetadata,
  publishProtoArchive,
  validateOrganizationMetadata,
  validateServiceMetadata,
} from '@snetkit/metadata';
import { readProtoDirectory } from '@snetkit/metadata/node';
import { createDocuments } from './create-documents.ts';

const { RPC_URL = 'http://127.0.0.1:8545', IPFS_URL = 'http://127.0.0.1:5001' } = process.env;
const { PRIVATE_KEY = '', DAEMON_URL = 'http://127.0.0.1:7000' } = process.env;
const { ORGANIZATION_ID: organizationId = 'example', SERVICE_ID: serviceId = 'language' } =
  process.env;

const stand = getStand(getNetwork('sepolia'));
const chain = createChainClient({ rpcUrl: RPC_URL });
const signer = privateKeySigner(PRIVATE_KEY as Hex);
const store = kuboStore({ endpoint: IPFS_URL });

const { files } = await readProtoDirectory(`${import.meta.dirname}/../proto`);
const { uri: apiSource } = await publishProtoArchive(store, files);
console.log(`protos: ${apiSource}`);

const provider = signer.address;
const offer = { organizationId, serviceId, stand, apiSource, provider, endpoint: DAEMON_URL };
const { organization, service } = createDocuments(offer);

const findings = [
  ...validateOrganizationMetadata(organization, { organizationId }),
  ...validateServiceMetadata(service, {
    organization,
    organizationId,
    serviceId,
    mpeAddress: stand.multiPartyEscrow,
    archiveFiles: [...files.keys()],
  }),
];
for (const { level, pointer, message } of findings)
  console.error(`${level} ${pointer}: ${message}`);
// What is on the chain costs gas to repair: nothing is sent with a fault in it.
if (findings.some(({ level }) => level === 'error')) process.exit(1);

const names = { registry: stand.registry, organizationId, serviceId };
const { uri: organizationUri } = await publishMetadata(store, organization);
await createOrganization(chain, signer, { ...names, metadataUri: organizationUri });
console.log(`organization ${organizationId}: ${organizationUri}`);

const { uri: serviceUri } = await publishMetadata(store, service);
await createService(chain, signer, { ...names, metadataUri: serviceUri });
console.log(`service ${serviceId}: ${serviceUri}`);
