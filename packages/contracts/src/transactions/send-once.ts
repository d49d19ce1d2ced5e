import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { RequestOptions } from '../rpc/send-request.ts';
import { broadcast } from './broadcast.ts';
import { getTransaction } from './get-transaction.ts';
import type { JournalRecord } from './journal/journal-record.ts';

/** Which transaction. */
export interface SendOnceOptions extends RequestOptions {
  readonly record: JournalRecord;
}

/**
 * Hands the newest version of a transaction to the chain when that does not know it: endpoints forget
 * what waits for long, or restart. Returns whether the chain has it then, or needs it no more.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 */
export async function sendOnce(
  client: ChainClient,
  { record, signal }: SendOnceOptions,
): Promise<boolean> {
  const { address, nonce, versions } = record;
  const last = versions.at(-1);
  if (last?.raw === undefined || nonce === undefined) return true;
  const { raw, hash } = last;
  if (await getTransaction(client, { hash, signal })) return true;
  // A refusal of what may have been taken before says little: the next look shows what it meant.
  return broadcast(client, { address, nonce, raw, hash, wasSent: true, signal }).then(
    (result) => result === 'accepted',
    () => false,
  );
}
