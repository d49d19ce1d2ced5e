import type { AddOptions, ContentStore } from './content-store.ts';
import { parseEndpoint } from './parse-endpoint.ts';
import { uploadTo } from './upload-to.ts';

/** Options of {@link kuboStore}. */
export interface KuboStoreOptions {
  /** Base URL of the RPC API, not of a gateway; user and password in it become basic authentication. */
  readonly endpoint: string;
  /** Milliseconds for one upload; two minutes unless given. */
  readonly timeoutMs?: number | undefined;
  /** Headers of each request, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

// The defaults of `ipfs add` at the time of the official tools, whatever the node is set to.
const parameters = {
  pin: 'true',
  'cid-version': '0',
  'raw-leaves': 'false',
  chunker: 'size-262144',
  hash: 'sha2-256',
};

/**
 * Publishes through the RPC API of a Kubo node, `POST /api/v0/add`, and pins what it adds.
 *
 * @throws BaseError `CONTENT_SOURCE_INVALID`; adding throws `PUBLISH_FAILED`, `TIMED_OUT`, `ABORTED`
 */
export function kuboStore(options: KuboStoreOptions): ContentStore {
  const { timeoutMs } = options;
  const expected = 'an http or https URL of a Kubo RPC API, such as http://127.0.0.1:5001';
  const { base, headers, name } = parseEndpoint({ ...options, expected });
  const add = (
    files: readonly { name: string; bytes: Uint8Array }[],
    more: Record<string, string>,
    { signal }: AddOptions,
  ) => {
    const url = `${base}api/v0/add?${new URLSearchParams({ ...parameters, ...more })}`;
    return uploadTo({ name, url, headers, files, timeoutMs, signal });
  };
  return {
    name,
    scheme: 'ipfs',
    addFile: (file, rest) => add([file], {}, rest),
    addDirectory({ files }, rest) {
      const list = [...files].map(([path, bytes]) => ({ name: path, bytes }));
      return add(list, { 'wrap-with-directory': 'true' }, rest);
    },
  };
}
