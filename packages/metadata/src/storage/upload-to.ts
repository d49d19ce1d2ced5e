import { BaseError, bytesToUtf8, parseJson } from '@snetkit/core';
import { sendRequest } from './send-request.ts';

/** An answer is a line for each file. */
const maxAnswerBytes = 1024 * 1024;

/**
 * Uploads files as a form.
 *
 * @returns the CID in the last line of the answer: the file's, or that of the directory around all
 * @throws BaseError `PUBLISH_FAILED`, `TIMED_OUT`, `ABORTED`
 */
export async function uploadTo(options: {
  /** The store. */
  name: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Two minutes unless given. */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Text that must not appear in errors. */
  secret?: string | undefined;
}): Promise<string> {
  const { name, url, headers, files, timeoutMs = 120_000, signal, secret } = options;
  const body = new FormData();
  for (const file of files) {
    // Kubo decodes names; as they are, a slash or a quote in one would change the form.
    body.append('file', new Blob([new Uint8Array(file.bytes)]), encodeURIComponent(file.name));
  }
  const failed = (found: string, cause?: unknown) =>
    new BaseError('PUBLISH_FAILED', `${name} did not take the content.`, { found, cause });
  const answer = await sendRequest({
    url,
    method: 'POST',
    headers,
    body,
    maxBytes: maxAnswerBytes,
    timeoutMs,
    signal,
    secret,
    what: `Publishing to ${name}`,
    fail: failed,
    failLong: () => failed(`an answer of more than ${maxAnswerBytes} bytes`),
  });
  const cid = findLastCid(answer);
  if (cid !== undefined) return cid;
  throw failed('an answer without a CID');
}

function findLastCid(answer: Uint8Array): string | undefined {
  try {
    const lines = bytesToUtf8(answer).split('\n');
    return lines
      .filter((line) => line.trim() !== '')
      .flatMap(readCid)
      .at(-1);
  } catch {
    return undefined;
  }
}

// Lines of progress, which Kubo writes when it is asked to, have no hash.
function readCid(line: string): string[] {
  const entry = parseJson(line);
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
  const { Hash: cid } = entry;
  return typeof cid === 'string' ? [cid] : [];
}
