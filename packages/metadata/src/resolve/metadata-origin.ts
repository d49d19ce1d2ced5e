import type { Refusal } from '../content/content-source.ts';

/** What vouches for the bytes: the CID that named them, a hash that the caller pinned, or nothing. */
export type Verification = 'cid' | 'pin' | 'none';

/** Last step of every way: who delivered the bytes. */
export interface ProviderStep {
  /** Name of the provider: scheme and host, a folder, a cache, a path. */
  readonly provider: string;
  readonly verified: Verification;
  /** The hash that the caller pinned. */
  readonly pin?: string | undefined;
  /** Providers that were asked and did not deliver, or lied. */
  readonly refused: readonly Refusal[];
}

/** The document is a JSON file; without a pin, nothing but the file vouches for it. */
export interface FileOrigin extends ProviderStep {
  readonly way: 'file';
  /** Absolute path, or the name that the caller gave to the text. */
  readonly file: string;
  /** `sha256:` and the digits, to pin it next time. */
  readonly hash: string;
}

/** The document was named by a storage URI, a CID or a URL. */
export interface UriOrigin extends ProviderStep {
  readonly way: 'uri';
  readonly uri: string;
}

/** The document was named by the registry. */
export interface RegistryOrigin extends ProviderStep {
  readonly way: 'registry';
  readonly organizationId: string;
  /** Left out for the document of an organization. */
  readonly serviceId?: string | undefined;
  /** What the registry says. */
  readonly uri: string;
}

/** Where a document came from, step by step. */
export type MetadataOrigin = FileOrigin | UriOrigin | RegistryOrigin;
