import { DeliveryRefused } from './delivery-queue.ts';

/**
 * Posts text to a URL.
 *
 * @throws DeliveryRefused when the answer says that it will never be taken (a 4xx other than 408, 425 and 429);
 *   an Error that names neither URL nor body for whatever may be better later
 */
export async function post(
  url: string,
  request: {
    readonly body: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { body, headers, signal } = request;
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal,
      redirect: 'manual',
    });
  } catch (cause) {
    throw new Error(`no answer: ${reasonOf(cause)}`);
  }
  // Unread, it would keep the connection.
  await response.body?.cancel().catch(() => {});
  const { status } = response;
  if (status >= 200 && status < 300) return;
  const mayBeBetter = status >= 500 || status === 408 || status === 425 || status === 429;
  if (mayBeBetter) throw new Error(`it answered ${status}`);
  throw new DeliveryRefused(`it answered ${status}`);
}

/** `fetch` tells the reason in the cause of its error, and URLs nowhere. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return cause?.code ?? name ?? 'unknown';
}
