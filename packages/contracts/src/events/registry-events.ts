import { decodeMetadataUri, type Hex } from '@snetkit/core';
import { registryAbi } from '../gen/registry.ts';
import { readId } from '../registry/read-id.ts';
import { defineEvents } from './contract-events.ts';
import type { RegistryEvent } from './registry-event.ts';

/** All events of the registry. */
export const registryEvents = /*#__PURE__*/ defineEvents<RegistryEvent>({
  abi: registryAbi,
  names: [
    'OrganizationCreated',
    'OrganizationModified',
    'OrganizationDeleted',
    'ServiceCreated',
    'ServiceMetadataModified',
    'ServiceTagsModified',
    'ServiceDeleted',
  ],
  convert: ({ orgId, serviceId, metadataURI }) => ({
    organizationId: readId(orgId as Hex),
    ...(serviceId !== undefined && { serviceId: readId(serviceId as Hex) }),
    ...(metadataURI !== undefined && { metadataUri: readUri(metadataURI as Hex) }),
  }),
});

/** Anybody may write bytes that are no text: they must not stop the reading of what others wrote. */
function readUri(bytes: Hex): string {
  try {
    return decodeMetadataUri(bytes);
  } catch {
    return bytes;
  }
}
