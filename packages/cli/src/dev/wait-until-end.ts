import { BaseError } from '@snetkit/core';
import type { Devnet, ProcessExit } from '@snetkit/devnet';

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
  const { daemon, service } = devnet;
  const parts = [
    { name: 'The daemon', part: daemon },
    { name: 'The example service', part: service },
  ];
  const ended = parts.flatMap(({ name, part }) =>
    part === undefined
      ? []
      : [part.exited.then((exit) => ({ name, exit, printed: part.printed() }))],
  );
  const first = await Promise.race([asked, ...ended]);
  if (first === undefined || signal.aborted) return;
  const { name, exit, printed } = first;
  throw new BaseError('DEVNET_PROCESS_ENDED', `${name} has ended by itself.`, {
    // Its log goes with the network.
    found: [describeExit(exit), printed].filter(Boolean).join('\n'),
  });
}

function describeExit({ code, signal }: ProcessExit): string {
  return signal === null ? `exit code ${code}; it printed last:` : `${signal}; it printed last:`;
}
