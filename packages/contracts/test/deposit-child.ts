// A program that deposits tokens and dies when its parent says so.
import type { Address } from '@snetkit/core';
import { createChainClient, deposit, privateKeySigner } from '../src/index.ts';
import { openFileJournal } from '../src/node/open-file-journal.ts';
import { vectors } from './vectors.ts';

/** What the program is to do; all of it is public. */
export interface DepositTask {
  readonly rpcUrl: string;
  /** Of the journal. */
  readonly directory: string;
  readonly mpe: Address;
  readonly token: Address;
  /** All at once; amounts in cogs. */
  readonly deposits: readonly { readonly amount: number; readonly key?: string }[];
}

const task: DepositTask = JSON.parse(process.argv[2] ?? '');
const { rpcUrl, directory, mpe, token, deposits } = task;
const client = createChainClient({ rpcUrl });
const payer = privateKeySigner(vectors.accounts.keys['hh0']?.private_key ?? '0x');
const journal = openFileJournal({ directory });
const results = await Promise.all(
  deposits.map(({ amount, key }) =>
    deposit(client, payer, { mpe, token, amount: BigInt(amount), journal, key }),
  ),
);
await journal.close();
process.stdout.write(JSON.stringify(results.map(({ hash, isResumed }) => ({ hash, isResumed }))));
