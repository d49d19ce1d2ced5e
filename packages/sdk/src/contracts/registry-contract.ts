import {
  addOrganizationMembers,
  changeOrganizationOwner,
  createOrganization,
  createService,
  deleteOrganization,
  deleteService,
  getOrganization,
  getService,
  listOrganizations,
  listServices,
  removeOrganizationMembers,
  updateOrganization,
  updateService,
} from '@snetkit/contracts';
import type { BoundContract } from './bind-contract.ts';

const reads = {
  getOrganizationById: getOrganization,
  getServiceRegistrationById: getService,
  listOrganizations,
  listServicesForOrganization: listServices,
};

const writes = {
  createOrganization,
  deleteOrganization,
  changeOrganizationOwner,
  changeOrganizationMetadataURI: updateOrganization,
  addOrganizationMembers,
  removeOrganizationMembers,
  createServiceRegistration: createService,
  updateServiceRegistration: updateService,
  deleteServiceRegistration: deleteService,
};

/** Functions of Registry, by the names of seed 004. */
export const registryFunctions: { readonly reads: typeof reads; readonly writes: typeof writes } = {
  reads,
  writes,
};

/** The registry of the network, for the accounts of an engine (seed 004, RegistryContract). */
export type RegistryContract = BoundContract<typeof reads, typeof writes, 'registry'>;
