import { ConnectError, createClient, type Transport } from '@connectrpc/connect';
import { Health } from '@snetkit/protos/health';
import { isUnserved } from '../outcome/is-unserved.ts';
import { readStatus } from '../outcome/read-status.ts';
import { withinLimit } from '../outcome/within-limit.ts';

/**
 * Makes sure that a daemon is there, before money is locked for it: whatever it answers will do.
 *
 * @throws BaseError `TIMED_OUT`; ConnectError when nothing answers
 */
export async function checkDaemon(
  transport: Transport,
  { timeoutMs = 10_000 }: { readonly timeoutMs?: number } = {},
): Promise<void> {
  try {
    await withinLimit({ path: '/grpc.health.v1.Health/Check', timeoutMs }, () =>
      createClient(Health, transport).check({}, { timeoutMs }),
    );
  } catch (error) {
    const isAnswer = error instanceof ConnectError && readStatus(error) !== undefined;
    if (!isAnswer && !isUnserved(error)) throw error;
  }
}
