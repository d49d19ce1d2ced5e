import { BaseError, encodeId } from '@snetkit/core';
import { parsePin } from '../content/parse-pin.ts';
import type { MetadataReference } from './metadata-reference.ts';

/** A sha2-256 CID has at least 46 characters, an id of the registry at most 32: they cannot be confused. */
const cidPattern = /^[A-Za-z0-9]{46,}(?:\/|$)/;

const filePattern = /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/]|file:)|\.json$/i;

/**
 * Reads how people write where metadata is: `./service.json` (a path with a slash in front, or a name
 * that ends in `.json`), `ipfs://<cid>`, `filecoin://<cid>`, `<cid>`, `https://<url>#<pin>`,
 * `<organization id>/<service id>`, `<organization id>`. Files and URLs take a pinned hash behind `#`.
 * Give a {@link MetadataReference} for ids that look like something else.
 *
 * @throws BaseError `METADATA_REFERENCE_INVALID`, `PIN_INVALID`
 */
export function parseMetadataReference(text: string): MetadataReference {
  if (/^https?:\/\//i.test(text)) {
    const { start, pin } = splitPin(text);
    return { way: 'uri', uri: start, pin };
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !/^file:/i.test(text)) {
    return { way: 'uri', uri: text };
  }
  const { start, pin } = splitPin(text, { onlyIfValid: true });
  if (filePattern.test(start)) return { way: 'file', file: start, pin };
  if (cidPattern.test(text)) return { way: 'uri', uri: text };
  return parseName(text);
}

/** A `#` may be part of a path, so there only a pin that is one counts. */
function splitPin(text: string, { onlyIfValid = false } = {}): { start: string; pin?: string } {
  const at = text.lastIndexOf('#');
  if (at === -1) return { start: text };
  const pin = text.slice(at + 1);
  try {
    parsePin(pin);
  } catch (error) {
    if (onlyIfValid) return { start: text };
    throw error;
  }
  return { start: text.slice(0, at), pin };
}

function parseName(text: string): MetadataReference {
  const [organizationId = '', serviceId, ...more] = text.split('/');
  if (more.length > 0) throw invalid(text);
  try {
    encodeId(organizationId);
    if (serviceId !== undefined) encodeId(serviceId);
  } catch (cause) {
    throw invalid(text, cause);
  }
  return { way: 'registry', organizationId, ...(serviceId !== undefined && { serviceId }) };
}

function invalid(text: string, cause?: unknown): BaseError {
  return new BaseError('METADATA_REFERENCE_INVALID', 'This does not name metadata.', {
    expected: 'a JSON file, ipfs://<cid>, filecoin://<cid>, a CID, or <organization>/<service>',
    found: text.length <= 200 ? JSON.stringify(text) : `${text.length} characters`,
    cause,
  });
}
