/** What a client was generated from, as its `service.json` tells. */
export interface ServicePin {
  readonly organizationId: string;
  readonly serviceId: string;
  /** Name of the network of the registry, and its chain id. */
  readonly network: string;
  readonly chainId: number;
  /** The payment group that is paid unless the program says otherwise. */
  readonly group: string;
  /** Storage URI of the service's document. */
  readonly metadataUri: string;
  /** Storage URI of the archive of its protos. */
  readonly protosUri: string;
}
