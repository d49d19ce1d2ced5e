import type { EventPosition } from './escrow-event.ts';

interface OrganizationEvent extends EventPosition {
  /** Text, or 32 bytes in hexadecimal when it is no text. */
  readonly organizationId: string;
}

interface ServiceEvent extends OrganizationEvent {
  /** Text, or 32 bytes in hexadecimal when it is no text. */
  readonly serviceId: string;
}

/** An organization was registered. */
export interface OrganizationCreatedEvent extends OrganizationEvent {
  readonly type: 'OrganizationCreated';
}

/** Owner, members or metadata of an organization changed; the event does not tell which. */
export interface OrganizationModifiedEvent extends OrganizationEvent {
  readonly type: 'OrganizationModified';
}

/** An organization was removed, and its services with it: there is no `ServiceDeleted` for them. */
export interface OrganizationDeletedEvent extends OrganizationEvent {
  readonly type: 'OrganizationDeleted';
}

/** A service was registered. */
export interface ServiceCreatedEvent extends ServiceEvent {
  readonly type: 'ServiceCreated';
  /** As it was written, not checked; in hexadecimal when it is no text. */
  readonly metadataUri: string;
}

/** A service has other metadata now. */
export interface ServiceMetadataModifiedEvent extends ServiceEvent {
  readonly type: 'ServiceMetadataModified';
  /** As it was written, not checked; in hexadecimal when it is no text. */
  readonly metadataUri: string;
}

/** Tags of a service changed: only registries of the generation before have tags. */
export interface ServiceTagsModifiedEvent extends ServiceEvent {
  readonly type: 'ServiceTagsModified';
}

/** A service was removed. */
export interface ServiceDeletedEvent extends ServiceEvent {
  readonly type: 'ServiceDeleted';
}

/** Anything that the registry reports. */
export type RegistryEvent =
  | OrganizationCreatedEvent
  | OrganizationModifiedEvent
  | OrganizationDeletedEvent
  | ServiceCreatedEvent
  | ServiceMetadataModifiedEvent
  | ServiceTagsModifiedEvent
  | ServiceDeletedEvent;
