import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BaseError, type Hex } from '@snetkit/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { refuse, startRpcServer } from '../../test/rpc-server.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import { readTransaction, startSending, whileNothingIsMined } from '../../test/waiting-chain.ts';
import {
  createChainClient,
  createMemoryJournal,
  getTokenBalance,
  listPendingTransactions,
  resumeTransactions,
  type Signer,
  type TransactionJournal,
  type TransactionOptions,
  type TransactionResult,
  transferTokens,
} from '../index.ts';
import { openFileJournal } from '../node/open-file-journal.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

let journal: TransactionJournal;
beforeEach(() => {
  journal = createMemoryJournal();
});

/** Money that moves: what happens twice is seen. */
const pay = (options: TransactionOptions & { amount?: bigint } = {}, signer = chain.payer) => {
  const { client, token, provider } = chain;
  const recipient = provider.address;
  return transferTokens(client, signer, { token, recipient, amount: 3n, journal, ...options });
};
const count = async () =>
  Number(await chain.send('eth_getTransactionCount', chain.payer.address, 'latest'));
const pendingHashes = async () => {
  const { client, payer } = chain;
  const pending = await listPendingTransactions(client, { journal, address: payer.address });
  return pending.map(({ record, isAbandoned }) => [record.versions.at(-1)?.hash, isAbandoned]);
};

/** A transaction that waits and that nobody waits for. */
async function abandon(options: TransactionOptions & { amount?: bigint } = {}): Promise<Hex> {
  const controller = new AbortController();
  const { signal } = controller;
  const { hash, result } = await startSending((hooks) => pay({ ...options, ...hooks, signal }));
  controller.abort();
  expect((await failure(result)).code).toBe('ABORTED');
  return hash;
}

describe('with a key', () => {
  test('default: once, however often and however many at once it is called', async () => {
    const before = await count();
    const first = await pay({ key: 'invoice 7' });
    const again = await Promise.all([pay({ key: 'invoice 7' }), pay({ key: 'invoice 7' })]);
    expect(first.isResumed).toBe(false);
    expect(again).toEqual(Array(2).fill({ ...first, isResumed: true }));
    expect(await count()).toBe(before + 1);
  });

  test('behavior: several at the same time, in journals of several processes', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'snetkit-journal-'));
    const journals = [1, 2, 3].map(() => openFileJournal({ directory }));
    const before = await count();
    const results = await Promise.all(
      journals.flatMap((one) => [1, 2].map(() => pay({ key: 'invoice 8', journal: one }))),
    );
    expect(new Set(results.map(({ hash }) => hash)).size).toBe(1);
    expect(results.filter(({ isResumed }) => !isResumed)).toHaveLength(1);
    expect(await count()).toBe(before + 1);
    for (const one of journals) await one.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test('behavior: it stays known after the journal has been taken up', async () => {
    const { client, payer } = chain;
    const before = await count();
    await whileNothingIsMined(chain, () => abandon({ key: 'invoice 9' }));
    const resumed = await resumeTransactions(client, { journal, address: payer.address });
    expect(resumed.map(({ ended }) => ended?.kind)).toEqual(['mined']);
    expect((await pay({ key: 'invoice 9' })).isResumed).toBe(true);
    expect(await count()).toBe(before + 1);
  });

  test('error: the same key for another call', async () => {
    await pay({ key: 'invoice 10' });
    const error = await failure(pay({ key: 'invoice 10', amount: 4n }));
    expect(error.message).toMatchInlineSnapshot(`
      "The key was given before, for another call.
      Place: key invoice 10
      Found: Token.transfer, and Token.transfer before"
    `);
  });

  test('error: it failed, and fails again instead of being sent again', async () => {
    const { provider, payer, client, token } = chain;
    const amount = await getTokenBalance(client, { token, account: provider.address });
    // Each of them alone is possible, so that both are sent.
    const keys = ['invoice 11', 'invoice 12'];
    const giveBack = (options: TransactionOptions) =>
      transferTokens(client, provider, {
        ...{ token, recipient: payer.address, amount, journal, ...options },
      });
    const tell = (results: readonly PromiseSettledResult<TransactionResult>[]) =>
      results.map((one) => (one.status === 'fulfilled' ? one.value.hash : String(one.reason)));
    const first = await whileNothingIsMined(chain, async () => {
      const both = await Promise.all(
        keys.map((key) => startSending((hooks) => giveBack({ ...hooks, key }))),
      );
      await chain.send('evm_mine');
      return tell(await Promise.allSettled(both.map(({ result }) => result)));
    });
    expect(first.filter((one) => one.includes('transfer amount exceeds balance'))).toHaveLength(1);
    // With enough tokens for another one, still nothing is sent.
    await pay({ amount });
    const again = tell(await Promise.allSettled(keys.map((key) => giveBack({ key }))));
    expect(again).toEqual(first);
    expect(await getTokenBalance(client, { token, account: provider.address })).toBe(amount);
  });

  test('error: a wallet was asked, and nobody knows what it did', async () => {
    const asked: string[] = [];
    const wallet = (error: BaseError): Signer => ({
      ...chain.payer,
      sendTransaction() {
        asked.push(error.code);
        return Promise.reject(error);
      },
    });
    const ask = (code: 'SIGNER_REFUSED' | 'TIMED_OUT', key: string) =>
      failure(pay({ key }, wallet(new BaseError(code, 'The wallet.'))));
    // Who refused has sent nothing, and may be asked again.
    expect((await ask('SIGNER_REFUSED', 'invoice 12')).code).toBe('SIGNER_REFUSED');
    expect((await ask('TIMED_OUT', 'invoice 12')).code).toBe('TIMED_OUT');
    const error = await ask('SIGNER_REFUSED', 'invoice 12');
    expect(error.message).toMatchInlineSnapshot(`
      "It is not known whether the wallet sent the transaction.
      Place: key invoice 12
      Fix: look into the wallet; give another key to send it again"
    `);
    expect(asked).toEqual(['SIGNER_REFUSED', 'TIMED_OUT']);
  });
});

describe('without a key', () => {
  test('default: two that want the same want it twice', async () => {
    const before = await count();
    const results = await Promise.all([pay(), pay()]);
    expect(results.map(({ isResumed }) => isResumed)).toEqual([false, false]);
    expect((await pay()).isResumed).toBe(false);
    expect(await count()).toBe(before + 3);
    expect(await pendingHashes()).toEqual([]);
  });

  test('behavior: also while the first one waits', async () => {
    const before = await count();
    await whileNothingIsMined(chain, async () => {
      const first = await startSending((hooks) => pay(hooks));
      const second = await startSending((hooks) => pay(hooks));
      expect(second.hash).not.toBe(first.hash);
      await chain.send('evm_mine');
      await Promise.all([first.result, second.result]);
    });
    expect(await count()).toBe(before + 2);
  });

  test('behavior: the next one takes up what nobody waits for any more', async () => {
    const before = await count();
    const hash = await whileNothingIsMined(chain, async () => {
      const hash = await abandon();
      expect(await pendingHashes()).toEqual([[hash, true]]);
      return hash;
    });
    const taken = await pay();
    expect([taken.hash, taken.isResumed]).toEqual([hash, true]);
    expect(await count()).toBe(before + 1);
    expect((await pay()).isResumed).toBe(false);
    expect(await count()).toBe(before + 2);
  });

  test('behavior: what was mined and is more than a day old is another one', async () => {
    const age = async () => {
      for (const record of await journal.list({ chainId: 31337, address: chain.payer.address })) {
        const startedAt = record.startedAt - 25 * 3_600_000;
        await journal.update(record, record.id, () => ({
          ...{ record: { ...record, startedAt }, result: undefined },
        }));
      }
    };
    const before = await count();
    await whileNothingIsMined(chain, async () => {
      await abandon();
      await age();
      // It still waits, and nobody wants to wait for two.
      const taken = await startSending((hooks) => pay(hooks));
      expect((await readTransaction(chain, taken.hash))['nonce']).toBe(`0x${before.toString(16)}`);
      await chain.send('evm_mine');
      expect((await taken.result).isResumed).toBe(true);
      await abandon();
      await age();
    });
    expect((await pay()).isResumed).toBe(false);
    expect(await count()).toBe(before + 3);
    expect(await pendingHashes()).toEqual([]);
  });

  test('behavior: another call does not', async () => {
    const before = await count();
    await whileNothingIsMined(chain, () => abandon());
    expect((await pay({ amount: 4n })).isResumed).toBe(false);
    expect(await count()).toBe(before + 2);
  });

  test('behavior: what is on another chain with the same id is none of its business', async () => {
    await whileNothingIsMined(chain, () => abandon());
    await using other = await startTestChain();
    const { client, payer, token, provider } = other;
    const recipient = provider.address;
    const sent = await transferTokens(client, payer, { token, recipient, amount: 3n, journal });
    expect(sent.isResumed).toBe(false);
    const address = payer.address;
    expect(await listPendingTransactions(client, { journal, address })).toEqual([]);
    expect(await pendingHashes()).toHaveLength(1);
  });
});

describe('whose nonce another program took while nobody looked', () => {
  /** Another program with the same key: anvil itself. */
  const takeNonce = async (hash: Hex) => {
    const { nonce } = await readTransaction(chain, hash);
    await chain.send('anvil_dropTransaction', hash);
    const fields = { from: chain.payer.address, to: chain.provider.address, value: '0x1', nonce };
    await chain.send('eth_sendTransaction', fields);
    await chain.send('evm_mine');
  };

  test.each([undefined, 'invoice 20'])(
    'error: said once, then sent anew (key: %s)',
    async (key) => {
      const { client, token, provider } = chain;
      const before = await getTokenBalance(client, { token, account: provider.address });
      await whileNothingIsMined(chain, async () => takeNonce(await abandon({ key })));
      expect((await failure(pay({ key }))).code).toBe('TRANSACTION_REPLACED');
      expect((await pay({ key })).isResumed).toBe(false);
      expect(await getTokenBalance(client, { token, account: provider.address })).toBe(before + 3n);
    },
  );
});

describe('resumeTransactions', () => {
  test('args: only some; the others stay as they are', async () => {
    const { client, payer } = chain;
    const [first, second] = await whileNothingIsMined(chain, async () => [
      await abandon({ amount: 1n }),
      await abandon({ amount: 2n }),
    ]);
    const mined: Hex[] = [];
    const resumed = await resumeTransactions(client, {
      ...{ journal, address: payer.address },
      filter: ({ versions }) => versions.some(({ hash }) => hash === first),
      onMined: ({ transactionHash }) => mined.push(transactionHash),
    });
    expect(resumed.map(({ ended }) => ended?.hash)).toEqual([first]);
    expect(mined).toEqual([first]);
    expect(await pendingHashes()).toEqual([[second, true]]);
  });

  test('behavior: what somebody waits for is left to him', async () => {
    const { client, payer } = chain;
    await whileNothingIsMined(chain, async () => {
      const { hash, result } = await startSending((hooks) => pay(hooks));
      expect(await pendingHashes()).toEqual([[hash, false]]);
      expect(await resumeTransactions(client, { journal, address: payer.address })).toEqual([]);
      await chain.send('evm_mine');
      await result;
    });
  });

  test('error: what is not mined in time is told, and can be taken up again', async () => {
    const { client, payer } = chain;
    const address = payer.address;
    await whileNothingIsMined(chain, async () => {
      const hash = await abandon();
      const [resumed] = await resumeTransactions(client, { journal, address, timeoutMs: 50 });
      expect([resumed?.error?.code, resumed?.error?.found]).toEqual([
        'TRANSACTION_TIMED_OUT',
        `transaction ${hash}`,
      ]);
      expect(await pendingHashes()).toEqual([[hash, true]]);
    });
  });
});

describe('what comes after one that the chain has lost', () => {
  test('behavior: the lost one is sent again first', async () => {
    const before = await count();
    await whileNothingIsMined(chain, async () => {
      const lost = await abandon({ amount: 5n });
      await chain.send('anvil_dropTransaction', lost);
      const next = await startSending((options) => pay({ ...options, amount: 6n }));
      expect(Number((await readTransaction(chain, next.hash))['nonce'])).toBe(before + 1);
      expect(await readTransaction(chain, lost)).not.toBeNull();
      await chain.send('evm_mine');
      await next.result;
    });
    expect(await count()).toBe(before + 2);
  });

  test('behavior: takes its nonce when the chain does not want it any more', async () => {
    const { client, payer } = chain;
    const before = await count();
    await whileNothingIsMined(chain, async () => {
      const lost = await abandon({ amount: 5n });
      await chain.send('anvil_dropTransaction', lost);
      await chain.send('anvil_setNextBlockBaseFeePerGas', '0x174876e800');
      await chain.send('evm_mine');
      const next = await startSending((options) => pay({ ...options, amount: 6n }));
      expect(Number((await readTransaction(chain, next.hash))['nonce'])).toBe(before);
      await chain.send('evm_mine');
      await next.result;
    });
    const [resumed] = await resumeTransactions(client, { journal, address: payer.address });
    expect(resumed?.ended?.kind).toBe('superseded');
    expect(await count()).toBe(before + 1);
    expect(await pendingHashes()).toEqual([]);
  });

  test('behavior: the gap is closed although others wait behind it', async () => {
    const { payer, token, provider } = chain;
    let refused: unknown;
    await using server = await startRpcServer(async (request, response) => {
      if (refused === undefined || request.params[0] !== refused) return false;
      return refuse(response, request, { code: -32000, message: 'txpool is full' });
    }, chain.anvil.rpcUrl);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const before = await count();
    const sent = await whileNothingIsMined(chain, async () => {
      const lost = await abandon({ amount: 5n });
      const waiting = await startSending((options) => pay({ ...options, amount: 6n }));
      await chain.send('anvil_dropTransaction', lost);
      refused = (await journal.list({ chainId: 31337, address: payer.address }))
        .flatMap(({ versions }) => versions)
        .find(({ hash }) => hash === lost)?.raw;
      const wanted = { token, recipient: provider.address, amount: 7n, journal };
      const next = await startSending((options) =>
        transferTokens(client, payer, { ...wanted, ...options }),
      );
      expect(Number((await readTransaction(chain, next.hash))['nonce'])).toBe(before);
      return [waiting, next];
    });
    await Promise.all(sent.map(({ result }) => result));
    expect(await count()).toBe(before + 2);
  });
});
