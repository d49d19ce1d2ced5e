import { BaseError } from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';

/**
 * Resolves when the person has enough.
 *
 * @throws BaseError `DEVNET_PROCESS_ENDED` when the daemon or the service ends by itself
 */
export async function waitUntilEnd(devnet: Devnet, signal: AbortSignal): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const ended = [
    devnet.daemon?.exited.then(() => 'The daemon'),
    devnet.service?.exited.then(() => 'The example service'),
  ].filter((end) => end !== undefined);
  const who = await Promise.race([asked, ...ended]);
  if (who === undefined || signal.aborted) return;
  throw new BaseError('DEVNET_PROCESS_ENDED', `${who} has ended by itself.`, {
    place: devnet.daemon?.logFile,
  });
}
