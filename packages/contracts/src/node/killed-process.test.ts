import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Hex } from '@snetkit/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DepositTask } from '../../test/deposit-child.ts';
import { type IncomingRequest, startRpcServer } from '../../test/rpc-server.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import {
  approve,
  deposit,
  getEscrowBalance,
  listPendingTransactions,
  resumeTransactions,
} from '../index.ts';
import { openFileJournal } from './open-file-journal.ts';

/** Milliseconds; starting programs takes long on busy machines. */
const timeout = 240_000;

let chain: TestChain;
let directory: string;
beforeAll(async () => {
  chain = await startTestChain();
  const { client, payer, token, mpe } = chain;
  await approve(client, payer, { token, spender: mpe, amount: 100_000n });
});
afterAll(() => chain[Symbol.asyncDispose]());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'snetkit-journal-'));
  return () => rmSync(directory, { recursive: true, force: true });
});

const balance = () =>
  getEscrowBalance(chain.client, { mpe: chain.mpe, account: chain.payer.address });
const count = async () =>
  Number(await chain.send('eth_getTransactionCount', chain.payer.address, 'latest'));

function start(rpcUrl: string, task: Partial<DepositTask>): ChildProcess {
  const { mpe, token } = chain;
  const file = fileURLToPath(new URL('../../test/deposit-child.ts', import.meta.url));
  const whole = {
    rpcUrl,
    directory,
    mpe,
    token,
    deposits: [{ amount: 7 }],
    ...task,
  } satisfies DepositTask;
  return spawn(process.execPath, ['--conditions=@snetkit/source', file, JSON.stringify(whole)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function finish(child: ChildProcess): Promise<{ hash: Hex; isResumed: boolean }[]> {
  const [output] = await Promise.all([text(child.stdout as never), once(child, 'exit')]);
  return JSON.parse(output);
}

/** At a request of the killed process: what the chain has seen by then. */
interface Moment {
  readonly name: string;
  readonly method: string;
  /** Whether the request still reaches the chain. */
  readonly arrives: boolean;
  /** Whether it is mined while nobody looks. */
  readonly mined: boolean;
  /** Transactions in the journal of the dead process. */
  readonly left: number;
}

const moments: readonly Moment[] = [
  {
    ...{ name: 'before it signed', method: 'eth_getTransactionCount' },
    ...{ arrives: false, mined: false, left: 0 },
  },
  {
    ...{ name: 'before the chain had it', method: 'eth_sendRawTransaction' },
    ...{ arrives: false, mined: false, left: 1 },
  },
  {
    ...{ name: 'after the chain had it', method: 'eth_sendRawTransaction' },
    ...{ arrives: true, mined: false, left: 1 },
  },
  {
    ...{ name: 'after the chain had it, mined', method: 'eth_sendRawTransaction' },
    ...{ arrives: true, mined: true, left: 1 },
  },
  {
    ...{ name: 'while it waited', method: 'eth_getTransactionReceipt' },
    ...{ arrives: true, mined: false, left: 1 },
  },
];

/** Runs the program and kills it with SIGKILL at that moment. */
async function killAt(moment: Moment, task: Partial<DepositTask> = {}): Promise<void> {
  const killed = Promise.withResolvers<void>();
  let child: ChildProcess | undefined;
  const kill = async ({ method, params }: IncomingRequest) => {
    if (moment.arrives) await chain.send(method, ...params);
    child?.kill('SIGKILL');
    if (child) await once(child, 'exit');
    killed.resolve();
  };
  await chain.send('evm_setAutomine', false);
  await using server = await startRpcServer(async (request, response) => {
    if (request.method !== moment.method) return false;
    await kill(request);
    response.destroy();
    return true;
  }, chain.anvil.rpcUrl);
  child = start(server.rpcUrl, task);
  await killed.promise;
  if (moment.mined) await chain.send('evm_mine');
  await chain.send('evm_setAutomine', true);
}

describe.for(moments)('a process that is killed $name', (moment) => {
  test('behavior: who calls the same again sends nothing twice', { timeout }, async () => {
    const { client, payer, mpe, token } = chain;
    const [before, sent] = [await balance(), await count()];
    await killAt(moment);
    // What the chain has is mined now, what it gets later at once.
    await chain.send('evm_mine');
    const journal = openFileJournal({ directory });
    const { isResumed } = await deposit(client, payer, { mpe, token, amount: 7n, journal });
    expect(isResumed).toBe(moment.left === 1);
    expect(await balance()).toBe(before + 7n);
    expect(await count()).toBe(sent + 1);
    // And who wants it once more gets it once more.
    const more = await deposit(client, payer, { mpe, token, amount: 7n, journal });
    expect(more.isResumed).toBe(false);
    expect(await count()).toBe(sent + 2);
    await journal.close();
  });

  test('behavior: its journal is taken up, once, also when the call is repeated', {
    timeout,
  }, async () => {
    const { client, payer, mpe, token } = chain;
    const [before, sent] = [await balance(), await count()];
    await killAt(moment, { deposits: [{ amount: 7, key: 'first' }] });
    const journal = openFileJournal({ directory });
    const options = { journal, address: payer.address };
    const pending = await listPendingTransactions(client, options);
    expect(pending.map(({ isAbandoned, record: { purpose } }) => [isAbandoned, purpose])).toEqual(
      Array(moment.left).fill([true, 'MultiPartyEscrow.deposit']),
    );
    await chain.send('evm_mine');
    const resumed = await resumeTransactions(client, options);
    expect(resumed.map(({ ended, error }) => [ended?.kind, ended?.receipt.status, error])).toEqual(
      Array(moment.left).fill(['mined', 'success', undefined]),
    );
    expect(await balance()).toBe(before + 7n * BigInt(moment.left));
    const result = await deposit(client, payer, { mpe, token, amount: 7n, journal, key: 'first' });
    expect(result.isResumed).toBe(moment.left === 1);
    expect(await balance()).toBe(before + 7n);
    expect(await count()).toBe(sent + 1);
    expect(await listPendingTransactions(client, options)).toEqual([]);
    await journal.close();
  });
});

test('behavior: 16 at once from one account, in 4 processes that share a journal', {
  timeout,
}, async () => {
  const [before, sent] = [await balance(), await count()];
  await chain.send('evm_setAutomine', false);
  await chain.send('evm_setIntervalMining', 1);
  const children = [0, 1, 2, 3].map((i) =>
    start(chain.anvil.rpcUrl, { deposits: [1, 2, 3, 4].map((n) => ({ amount: 4 * i + n })) }),
  );
  const hashes = (await Promise.all(children.map(finish))).flat().map(({ hash }) => hash);
  await chain.send('evm_setIntervalMining', 0);
  await chain.send('evm_setAutomine', true);
  expect(new Set(hashes).size).toBe(16);
  expect(await balance()).toBe(before + 136n);
  expect(await count()).toBe(sent + 16);
});

test('behavior: several processes want the same, two are killed: each deposit is made once', {
  timeout,
}, async () => {
  const [before, sent] = [await balance(), await count()];
  const deposits = [1, 2, 3, 4, 5].map((amount) => ({ amount, key: `top up ${amount}` }));
  const victims = await Promise.all([false, true].map((arrives) => startVictim(arrives, deposits)));
  const survivor = start(chain.anvil.rpcUrl, { deposits });
  const hashes = (await finish(survivor)).map(({ hash }) => hash);
  for (const victim of victims) await victim[Symbol.asyncDispose]();
  // What the victims had written down and not sent was sent by the survivor, or not at all.
  const { client, payer, mpe, token } = chain;
  const journal = openFileJournal({ directory });
  const again = await Promise.all(
    deposits.map(({ amount, key }) =>
      deposit(client, payer, { ...{ mpe, token, journal, key }, amount: BigInt(amount) }),
    ),
  );
  expect(again.map(({ hash }) => hash)).toEqual(hashes);
  expect(again.every(({ isResumed }) => isResumed)).toBe(true);
  expect(await balance()).toBe(before + 15n);
  expect(await count()).toBe(sent + 5);
  await journal.close();
});

/** A program that is killed when it sends its first transaction, before or after it arrives. */
async function startVictim(
  arrives: boolean,
  deposits: DepositTask['deposits'],
): Promise<AsyncDisposable> {
  let child: ChildProcess | undefined;
  const server = await startRpcServer(async ({ method, params }, response) => {
    if (method !== 'eth_sendRawTransaction') return false;
    if (arrives) await chain.send(method, ...params);
    child?.kill('SIGKILL');
    response.destroy();
    return true;
  }, chain.anvil.rpcUrl);
  child = start(server.rpcUrl, { deposits });
  const ended = once(child, 'exit');
  return {
    async [Symbol.asyncDispose]() {
      await ended;
      await server[Symbol.asyncDispose]();
    },
  };
}
