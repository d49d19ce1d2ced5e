import { BaseError, isPrivateUrl } from '@snetkit/core';
import type { ContentStore } from './content-store.ts';
import { parseEndpoint } from './parse-endpoint.ts';
import { uploadTo } from './upload-to.ts';

/** Options of {@link lighthouseStore}. */
export interface LighthouseStoreOptions {
  /** Secret of an account at Lighthouse; in no error, and nowhere to be seen in the store. */
  readonly apiKey: string;
  /** `https://node.lighthouse.storage` unless given; `http://` on this machine only. */
  readonly endpoint?: string | undefined;
  /** Milliseconds for one upload; two minutes unless given. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Publishes on Filecoin through Lighthouse: `POST /api/v0/add`, unencrypted (protocol/sdk.md 7).
 *
 * @throws BaseError `CONTENT_SOURCE_INVALID`; adding throws `PUBLISH_FAILED`, `TIMED_OUT`, `ABORTED`
 */
export function lighthouseStore(options: LighthouseStoreOptions): ContentStore {
  const { apiKey, endpoint = 'https://node.lighthouse.storage', timeoutMs } = options;
  const expected = 'an http or https URL of a node of Lighthouse';
  const { base, headers, name } = parseEndpoint({ endpoint, expected });
  if (!isPrivateUrl(base)) {
    const message = 'The API key of Lighthouse would cross the network in the clear.';
    throw new BaseError('CONTENT_SOURCE_INVALID', message, {
      ...{ place: name, expected: 'a URL that starts with https://' },
    });
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new BaseError('CONTENT_SOURCE_INVALID', 'The API key of Lighthouse cannot be sent.', {
      expected: 'printable characters without blanks',
      found: `${apiKey.length} characters`,
    });
  }
  return {
    name,
    scheme: 'filecoin',
    ownParameters: true,
    addFile: (file, { signal }) =>
      uploadTo({
        name,
        url: `${base}api/v0/add`,
        headers: {
          ...headers,
          authorization: `Bearer ${apiKey}`,
          encryption: 'false',
          'mime-type': 'application/octet-stream',
        },
        files: [file],
        timeoutMs,
        signal,
        secret: apiKey,
      }),
  };
}
