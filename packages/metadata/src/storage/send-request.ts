import { BaseError, redact, withDeadline } from '@snetkit/core';
import { readBody } from '../content/read-body.ts';

/** One HTTP request to a provider. */
export interface ProviderRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: BodyInit | undefined;
  /** More bytes than this are not read, whatever length is announced, and however it is compressed. */
  readonly maxBytes: number;
  /** Milliseconds for the whole request. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Text that must not appear in errors, even when the provider repeats it. */
  readonly secret?: string | undefined;
  /** What is waited for, as the subject of a sentence: `Reading block Qm... from https://...`. */
  readonly what: string;
  /** The error of a request that failed for a reason. */
  fail(reason: string, cause?: unknown): BaseError;
  /** The error of an answer longer than `maxBytes`. */
  failLong(): BaseError;
}

/** Shorter texts are no keys, and stand in many words. */
const shortestSecret = 6;

/**
 * Sends a request and reads the answer. Redirects are not followed: a provider must not send us, or
 * our credentials, anywhere else.
 *
 * @throws BaseError of `fail` and `failLong`, `TIMED_OUT`, `ABORTED`
 */
export function sendRequest(request: ProviderRequest): Promise<Uint8Array> {
  const { what, timeoutMs, signal } = request;
  return withDeadline({ what, timeoutMs, signal }, async (deadline) => {
    try {
      return await exchange(request, deadline);
    } catch (error) {
      if (error instanceof BaseError) throw error;
      // What fetch throws says nothing; its cause does.
      const { cause = error } = error instanceof Error ? error : {};
      throw request.fail(hide(BaseError.from(cause).shortMessage, request), error);
    }
  });
}

async function exchange(request: ProviderRequest, signal: AbortSignal): Promise<Uint8Array> {
  const { url, method, headers, body, maxBytes } = request;
  const redirect = 'manual';
  const response = await fetch(url, { method, headers, body: body ?? null, redirect, signal });
  if (response.ok) {
    const bytes = await readBody(response.body, maxBytes);
    if (bytes !== undefined) return bytes;
    throw request.failLong();
  }
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    await response.body?.cancel();
    throw request.fail(describeRedirect(response, url));
  }
  const page = new TextDecoder().decode(await readBody(response.body, 4096));
  const text = findMessage(hide(page, request));
  throw request.fail(`${response.status} ${text || response.statusText}`.trim());
}

function describeRedirect({ status, headers }: Response, url: string): string {
  const location = headers.get('location');
  const target = location !== null && URL.canParse(location, url) ? new URL(location, url) : null;
  // Browsers tell neither status nor target.
  return `${status || 'a'} redirect${target === null ? '' : ` to ${target.origin}`}, which is not followed`;
}

// Kubo explains its refusals as JSON with a member Message, others with error or message.
function findMessage(text: string): string {
  let message = text;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) {
      const members = parsed as Record<string, unknown>;
      const found = members['Message'] ?? members['message'] ?? members['error'];
      if (typeof found === 'string') message = found;
    }
  } catch {
    // Not JSON: the text itself has to do.
  }
  return redact(message.replace(/[\p{C}\s]+/gu, ' '))
    .slice(0, 200)
    .trim();
}

// A provider may repeat what it was sent, and every header may be a key.
function hide(text: string, { secret = '', headers }: ProviderRequest): string {
  const keys = Object.values(headers).filter((one) => one.length >= shortestSecret);
  const hidden = secret === '' ? keys : [secret, ...keys];
  return hidden.reduce((rest, one) => rest.replaceAll(one, '[hidden]'), text);
}
