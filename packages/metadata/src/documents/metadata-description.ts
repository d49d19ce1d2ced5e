/** What a service or an organization says about itself; each text is empty when missing. */
export interface MetadataDescription {
  /** Web page. */
  readonly url: string;
  /** One line. */
  readonly shortDescription: string;
  /** The full text: `description`, or `long_description` in older documents of services. */
  readonly description: string;
}
