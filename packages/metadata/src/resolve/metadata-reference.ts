/** A JSON file: its path, or its text where the caller has it already. */
export interface FileReference {
  readonly way: 'file';
  /** Path or `file:` URL; with `text`, what messages call it. */
  readonly file: string;
  /** The document itself, as a browser has a file that was dropped on a page. */
  readonly text?: string | undefined;
  /** Hash that the document must have: a CID, or `sha256:` and 64 hexadecimal digits. */
  readonly pin?: string | undefined;
}

/** A place in a storage network, or a URL. */
export interface UriReference {
  readonly way: 'uri';
  /** `ipfs://<cid>`, `filecoin://<cid>`, a bare CID, or an http(s) URL, which needs a pin. */
  readonly uri: string;
  /** Hash that the document must have; a CID in the URI is compared anyhow. */
  readonly pin?: string | undefined;
}

/** A name in the Registry. */
export interface RegistryReference {
  readonly way: 'registry';
  readonly organizationId: string;
  /** Left out for the organization itself. */
  readonly serviceId?: string | undefined;
  /** Hash that the document must have, whatever the registry says. */
  readonly pin?: string | undefined;
}

/** The three ways to give metadata (seed 003): a JSON file, a storage URI or hash, a name in the Registry. */
export type MetadataReference = FileReference | UriReference | RegistryReference;
