/** Where storage URIs of documents come from: the registry contract, as a rule. */
export interface ServiceLookup {
  /** Storage URI of the organization document; `undefined` when it is not registered. */
  getOrganizationUri(
    organizationId: string,
    options: { signal: AbortSignal },
  ): Promise<string | undefined>;
  /** Storage URI of the service document; `undefined` when it is not registered. */
  getServiceUri(
    organizationId: string,
    serviceId: string,
    options: { signal: AbortSignal },
  ): Promise<string | undefined>;
}
