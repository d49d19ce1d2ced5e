import { BaseError } from '@snetkit/core';
import type { ContentSource } from '../content/content-source.ts';
import { type ContentSources, getLocationSource } from '../content/content-sources.ts';
import { fetchStored } from '../content/fetch-stored.ts';
import type { LocationAnswer } from '../content/location-source.ts';
import { hashBytes, verifyPin } from '../content/verify-pin.ts';
import { documentText, maxDocumentBytes } from '../documents/document-text.ts';
import type { MetadataOrigin } from './metadata-origin.ts';
import type {
  FileReference,
  MetadataReference,
  RegistryReference,
  UriReference,
} from './metadata-reference.ts';
import type { ServiceLookup } from './service-lookup.ts';

/** What finding a document takes. */
export interface FindOptions {
  readonly kind: 'service' | 'organization';
  readonly content: ContentSource | ContentSources;
  readonly lookup: ServiceLookup | undefined;
  readonly signal: AbortSignal;
}

/** The text of a document, and where it came from. */
export interface FoundDocument {
  readonly text: string;
  /** What messages call it: its storage URI, or the file. */
  readonly place: string;
  readonly origin: MetadataOrigin;
}

/** Bytes of a document, before the pin of the caller was compared. */
interface Found<Origin extends MetadataOrigin = MetadataOrigin> {
  readonly bytes: Uint8Array;
  readonly place: string;
  readonly origin: Origin;
}

/** Finds a document by any of the three ways, and compares it with every hash that is known. */
export async function findDocument(
  reference: MetadataReference,
  options: FindOptions,
): Promise<FoundDocument> {
  const { bytes, place, origin } = await find(reference, options);
  const { pin } = reference;
  if (pin !== undefined) await verifyPin(bytes, pin, { place, provider: origin.provider });
  const text = documentText(bytes, place, origin.provider);
  if (pin === undefined) return { text, place, origin };
  const verified = origin.verified === 'none' ? 'pin' : origin.verified;
  return { text, place, origin: { ...origin, verified, pin } };
}

function find(reference: MetadataReference, options: FindOptions): Promise<Found> {
  if (reference.way === 'file') return findFile(reference, options);
  if (reference.way === 'uri') return findUri(reference, options);
  return findRegistered(reference, options);
}

async function findFile(
  { file, text }: FileReference,
  { content, signal }: FindOptions,
): Promise<Found> {
  const { bytes, provider } =
    text === undefined ? await readLocation(content, 'file', file, signal) : given(text, file);
  const hash = await hashBytes(bytes);
  const origin = { way: 'file', file: provider, hash, provider, ...unverified } as const;
  return { bytes, place: provider, origin };
}

const unverified = { verified: 'none', refused: [] } as const;

function given(text: string, name: string): LocationAnswer {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= maxDocumentBytes) return { bytes, provider: name };
  const message = `${name} is larger than ${maxDocumentBytes} bytes.`;
  throw new BaseError('CONTENT_TOO_LARGE', message, { found: `${bytes.length} bytes` });
}

async function findUri({ uri, pin }: UriReference, options: FindOptions): Promise<Found> {
  const { content, signal } = options;
  if (/^https?:/i.test(uri)) return findUrl(uri, pin, options);
  const stored = await readStored(content, uri, signal);
  return { ...stored, place: uri, origin: { way: 'uri', uri, ...stored.step } };
}

async function findUrl(
  url: string,
  pin: string | undefined,
  { content, signal }: FindOptions,
): Promise<Found> {
  // Keys may stand in the path or behind it; what is shown is the host.
  const place = URL.canParse(url) ? new URL(url).origin : 'the URL';
  if (pin === undefined) {
    throw new BaseError('CONTENT_UNVERIFIABLE', `Content of ${place} cannot be checked.`, {
      expected: 'a URL and the hash that its content must have: https://...#<CID or sha256:...>',
      found: 'a URL without a hash',
      hint: 'Whoever answers for a URL can change what it says from one call to the next.',
    });
  }
  const { bytes, provider } = await readLocation(content, 'http', url, signal);
  return { bytes, place, origin: { way: 'uri', uri: place, provider, ...unverified } };
}

async function findRegistered(
  { organizationId, serviceId }: RegistryReference,
  { kind, content, lookup, signal }: FindOptions,
): Promise<Found> {
  const ids = { organizationId, ...(kind === 'service' && { serviceId }) };
  const uri = await lookUp(ids, kind, lookup, signal);
  const stored = await readStored(content, uri, signal);
  return { ...stored, place: uri, origin: { way: 'registry', ...ids, uri, ...stored.step } };
}

async function lookUp(
  { organizationId, serviceId }: { organizationId: string; serviceId?: string | undefined },
  kind: FindOptions['kind'],
  lookup: ServiceLookup | undefined,
  signal: AbortSignal,
): Promise<string> {
  const name = serviceId === undefined ? organizationId : `${organizationId}/${serviceId}`;
  if (kind === 'service' && serviceId === undefined) {
    throw new BaseError('METADATA_REFERENCE_INVALID', 'This names an organization, no service.', {
      expected: '<organization id>/<service id>',
      found: JSON.stringify(name),
    });
  }
  if (lookup === undefined) {
    const message = `${JSON.stringify(name)} cannot be looked up: no registry is set up.`;
    throw new BaseError('REGISTRY_MISSING', message, {
      hint: 'Give a registry, or name the document by file or storage URI.',
    });
  }
  const uri =
    serviceId === undefined
      ? await lookup.getOrganizationUri(organizationId, { signal })
      : await lookup.getServiceUri(organizationId, serviceId, { signal });
  if (uri !== undefined) return uri;
  throw new BaseError('NOT_REGISTERED', `The ${kind} ${JSON.stringify(name)} is not registered.`, {
    hint: 'Check the ids, letter case included, and the network.',
  });
}

async function readStored(content: FindOptions['content'], uri: string, signal: AbortSignal) {
  const options = { maxBytes: maxDocumentBytes, signal };
  const { bytes, provider, refused } = await fetchStored(content, uri, options);
  return { bytes, step: { provider, refused, verified: 'cid' } as const };
}

function readLocation(
  content: FindOptions['content'],
  scheme: 'http' | 'file',
  place: string,
  signal: AbortSignal,
): Promise<LocationAnswer> {
  const source = getLocationSource(content, scheme);
  return source.readLocation(place, { maxBytes: maxDocumentBytes, signal });
}
