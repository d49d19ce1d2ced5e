import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { startRpcServer } from '../../test/rpc-server.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import { readTransaction, startSending, whileNothingIsMined } from '../../test/waiting-chain.ts';
import {
  approve,
  cancelTransaction,
  createChainClient,
  createMemoryJournal,
  getAllowance,
  listPendingTransactions,
  type Signer,
  speedUpTransaction,
  type TransactionJournal,
  type TransactionOptions,
} from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

let journal: TransactionJournal;
beforeEach(() => {
  journal = createMemoryJournal();
});

const send = (options: TransactionOptions & { amount?: bigint }) => {
  const { client, payer, token, mpe } = chain;
  return approve(client, payer, { token, spender: mpe, amount: 5n, journal, ...options });
};
const allowance = () => {
  const { client, payer, token, mpe } = chain;
  return getAllowance(client, { token, owner: payer.address, spender: mpe });
};
const feesOf = async (hash: `0x${string}`) => {
  const { maxFeePerGas, maxPriorityFeePerGas } = await readTransaction(chain, hash);
  return [BigInt(maxFeePerGas ?? 0), BigInt(maxPriorityFeePerGas ?? 0)] as const;
};

describe('speedUpTransaction', () => {
  test('default: the same with higher fees; both callers see the one that is mined', async () => {
    const { client, payer } = chain;
    await whileNothingIsMined(chain, async () => {
      const first = await startSending((options) => send({ ...options, amount: 11n }));
      const fees = await feesOf(first.hash);
      const second = await startSending((options) =>
        speedUpTransaction(client, payer, { hash: first.hash, journal, ...options }),
      );
      const raised = await feesOf(second.hash);
      for (const i of [0, 1] as const) expect(raised[i] * 8n).toBeGreaterThanOrEqual(fees[i] * 9n);
      await chain.send('evm_mine');
      const [sent, faster] = await Promise.all([first.result, second.result]);
      expect(sent.hash).toBe(second.hash);
      expect(faster).toMatchObject({ kind: 'mined', hash: second.hash });
      expect(faster.version.kind).toBe('speed-up');
    });
    expect(await allowance()).toBe(11n);
    const address = payer.address;
    expect(await listPendingTransactions(client, { journal, address })).toEqual([]);
  });

  test('behavior: a legacy transaction stays one', async () => {
    const { client, payer } = chain;
    await whileNothingIsMined(chain, async () => {
      const first = await startSending((options) =>
        send({ ...options, amount: 10n, fees: 'legacy' }),
      );
      const second = await startSending((options) =>
        speedUpTransaction(client, payer, { hash: first.hash, journal, ...options }),
      );
      const [old, raised] = [
        await readTransaction(chain, first.hash),
        await readTransaction(chain, second.hash),
      ];
      // The pool has only one of them.
      expect(old).toBeNull();
      expect(raised?.['type']).toBe('0x0');
      await chain.send('evm_mine');
      expect((await first.result).hash).toBe(second.hash);
    });
  });

  test('behavior: again and again, by any of its hashes', async () => {
    const { client, payer } = chain;
    await whileNothingIsMined(chain, async () => {
      const first = await startSending((options) => send({ ...options, amount: 12n }));
      const speedUp = (options: object) =>
        speedUpTransaction(client, payer, { hash: first.hash, journal, ...options });
      const second = await startSending(speedUp);
      const third = await startSending(speedUp);
      await chain.send('evm_mine');
      const results = await Promise.all([first.result, second.result, third.result]);
      expect(results.map(({ hash }) => hash)).toEqual(Array(3).fill(third.hash));
    });
  });

  test('behavior: who learns of the last version when the journal has forgotten it', async () => {
    const { client, payer } = chain;
    await whileNothingIsMined(chain, async () => {
      const first = await startSending((options) => send({ ...options, amount: 14n }));
      // Sees the versions of now, and nothing that comes.
      let isBlind = false;
      const blind: TransactionJournal = {
        ...journal,
        get: async (account, id) => (isBlind ? undefined : journal.get(account, id)),
      };
      const second = await startSending((options) =>
        speedUpTransaction(client, payer, { hash: first.hash, journal: blind, ...options }),
      );
      isBlind = true;
      const third = await startSending((options) =>
        speedUpTransaction(client, payer, { hash: first.hash, journal, ...options }),
      );
      await chain.send('evm_mine');
      expect((await third.result).hash).toBe(third.hash);
      expect((await second.result).hash).toBe(third.hash);
      expect((await first.result).hash).toBe(third.hash);
    });
  });

  test('behavior: a transaction that the journal does not know', async () => {
    const { client, payer } = chain;
    await whileNothingIsMined(chain, async () => {
      const first = await startSending((options) =>
        send({ ...options, amount: 13n, journal: createMemoryJournal() }),
      );
      const second = await startSending((options) =>
        speedUpTransaction(client, payer, { hash: first.hash, journal, ...options }),
      );
      await chain.send('evm_mine');
      expect((await second.result).hash).toBe(second.hash);
      // Sped up elsewhere: the first caller finds out by itself.
      expect((await first.result).hash).toBe(second.hash);
    });
    expect(await allowance()).toBe(13n);
  });

  test('error: one that is mined, one of somebody else, one that nobody knows', async () => {
    const { client, payer, provider } = chain;
    const { hash } = await send({ amount: 14n });
    const mined = await failure(speedUpTransaction(client, payer, { hash, journal }));
    expect(mined.message.replace(hash, '<hash>')).toMatchInlineSnapshot(`
      "The transaction cannot be replaced.
      Place: transaction <hash>
      Expected: one that waits
      Found: one that is mined"
    `);
    const foreign = await failure(speedUpTransaction(client, provider, { hash, journal }));
    expect(foreign.found).toBe(`one of the account ${payer.address.toLowerCase()}`);
    const nowhere = { hash: `0x${'12'.repeat(32)}`, journal } as const;
    const unknown = await failure(speedUpTransaction(client, payer, nowhere));
    expect([unknown.code, unknown.found]).toEqual([
      'TRANSACTION_NOT_REPLACEABLE',
      'one that neither journal nor chain know',
    ]);
  });

  test('error: limits that allow no higher fees', async () => {
    const { client, payer } = chain;
    await whileNothingIsMined(chain, async () => {
      const first = await startSending((options) => send({ ...options, amount: 15n }));
      const [maxFeePerGas] = await feesOf(first.hash);
      const fees = { maxFeePerGas };
      const error = await failure(
        speedUpTransaction(client, payer, { hash: first.hash, journal, fees }),
      );
      expect(error.found).toBe('fees at their limit already');
      // The same through a journal that has never heard of it, and that forgets it again.
      const other = createMemoryJournal();
      const again = await failure(
        speedUpTransaction(client, payer, { hash: first.hash, journal: other, fees }),
      );
      expect(again.found).toBe('fees at their limit already');
      expect(other.isEmpty()).toBe(true);
      await chain.send('evm_mine');
      expect((await first.result).hash).toBe(first.hash);
    });
  });

  test('error: not mined in time; who sent it still waits', async () => {
    const { client, payer } = chain;
    await whileNothingIsMined(chain, async () => {
      const first = await startSending((options) => send({ ...options, amount: 16n }));
      const late = speedUpTransaction(client, payer, { hash: first.hash, journal, timeoutMs: 50 });
      expect((await failure(late)).code).toBe('TRANSACTION_TIMED_OUT');
      const address = payer.address;
      const [pending] = await listPendingTransactions(client, { journal, address });
      expect(pending?.isAbandoned).toBe(false);
      expect(pending?.record.versions.map(({ kind }) => kind)).toEqual(['original', 'speed-up']);
      await chain.send('evm_mine');
      expect((await first.result).hash).toBe(pending?.record.versions[1]?.hash);
    });
  });

  test.each<[string, () => object, (() => Signer)?]>([
    ['what it pays', () => ({ to: chain.payer.address, value: '0xde0b6b3a7640000', input: '0x' })],
    ['a signature', () => ({ s: `0x${'07'.repeat(32)}` })],
    ['a kind', () => ({ type: '0x3' })],
    ['somebody else’s', () => ({ from: chain.provider.address }), () => chain.provider],
  ])(
    'error: an endpoint that tells it wrong (%s) gets nothing signed',
    async (_, lie, by = () => chain.payer) => {
      const signer = by();
      await using server = await startRpcServer(async ({ id, method, params }, response) => {
        if (method !== 'eth_getTransactionByHash') return false;
        const told = { ...((await chain.send(method, ...params)) as object), ...lie() };
        response.end(JSON.stringify({ jsonrpc: '2.0', id, result: told }));
        return true;
      }, chain.anvil.rpcUrl);
      const client = createChainClient({ rpcUrl: server.rpcUrl });
      await whileNothingIsMined(chain, async () => {
        const first = await startSending((options) =>
          send({ ...options, amount: 17n, journal: createMemoryJournal() }),
        );
        for (const replace of [speedUpTransaction, cancelTransaction]) {
          const error = await failure(
            replace(client, signer, { hash: first.hash, journal, timeoutMs: 1_000 }),
          );
          expect(error.message.replace(first.hash, '<hash>')).toBe(
            `The endpoint tells of another transaction than it was asked for.
Place: transaction <hash>
Fix: ask another endpoint`,
          );
        }
        expect(server.methods).not.toContain('eth_sendRawTransaction');
        await chain.send('evm_mine');
        expect((await first.result).hash).toBe(first.hash);
      });
    },
  );

  test('error: a wallet', async () => {
    const { client, payer } = chain;
    const hash = `0x${'12'.repeat(32)}` as const;
    const wallet = { ...payer, sendTransaction: async () => hash };
    const error = await failure(speedUpTransaction(client, wallet, { hash, journal }));
    expect(error.found).toBe('a wallet, which replaces transactions itself');
  });
});

describe('cancelTransaction', () => {
  test('default: an empty transfer takes the nonce', async () => {
    const { client, payer } = chain;
    const before = await allowance();
    await whileNothingIsMined(chain, async () => {
      const first = await startSending((options) => send({ ...options, amount: 99n }));
      const second = await startSending((options) =>
        cancelTransaction(client, payer, { hash: first.hash, journal, ...options }),
      );
      await chain.send('evm_mine');
      const cancelled = await second.result;
      expect(cancelled).toMatchObject({ kind: 'cancelled', hash: second.hash });
      expect(cancelled.receipt.gasUsed).toBe(21_000n);
      const error = await failure(first.result);
      expect([error.code, error.found]).toEqual([
        'TRANSACTION_CANCELLED',
        `transaction ${second.hash}`,
      ]);
    });
    expect(await allowance()).toBe(before);
  });
});
