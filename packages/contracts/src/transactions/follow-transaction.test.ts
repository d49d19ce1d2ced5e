import type { Hex } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { startRpcServer } from '../../test/rpc-server.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import {
  readTransaction,
  startMiningServer,
  startSending,
  whileNothingIsMined,
} from '../../test/waiting-chain.ts';
import {
  approve,
  createChainClient,
  getAllowance,
  type Signer,
  type TransactionOptions,
  type TransactionVersion,
} from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

let amount = 0n;
/** A transaction that always succeeds, and is like no other. */
const send = (options: TransactionOptions = {}, client = chain.client, signer = chain.payer) => {
  amount += 1n;
  const { token, mpe } = chain;
  return approve(client, signer, { token, spender: mpe, amount, ...options });
};
const count = async () =>
  Number(await chain.send('eth_getTransactionCount', chain.payer.address, 'latest'));
const gwei = 10n ** 9n;
const raiseBaseFee = (factor: bigint) =>
  chain.send('anvil_setNextBlockBaseFeePerGas', `0x${(factor * gwei).toString(16)}`);

/** Leaves the base fee as other tests expect it. */
async function atBaseFee(factor: bigint, use: () => Promise<void>): Promise<void> {
  try {
    await raiseBaseFee(factor);
    await use();
  } finally {
    await raiseBaseFee(1n);
    await chain.send('evm_mine');
  }
}

describe('what is underpriced', () => {
  test('behavior: is replaced, and the replacement is mined', async () => {
    await using server = await startMiningServer(chain);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const before = await count();
    await whileNothingIsMined(chain, async () => {
      const replaced: TransactionVersion[] = [];
      const { hash, result } = await startSending((options) =>
        send({ ...options, onReplaced: (version) => replaced.push(version) }, client),
      );
      await atBaseFee(15n, async () => {
        const { hash: mined, receipt } = await result;
        expect(replaced.map((version) => version.hash)).toContain(mined);
        expect(mined).not.toBe(hash);
        expect(receipt.status).toBe('success');
        const [version] = replaced;
        const [old, fresh] = [
          await readTransaction(chain, hash),
          await readTransaction(chain, mined),
        ];
        expect(old).toBeNull();
        expect(Number(fresh['nonce'])).toBe(before);
        expect(version?.kind).toBe('speed-up');
      });
    });
    expect(await count()).toBe(before + 1);
    const { client: direct, token, mpe, payer } = chain;
    expect(await getAllowance(direct, { token, owner: payer.address, spender: mpe })).toBe(amount);
  });

  test('args: is left alone when the caller wants it', async () => {
    await using server = await startMiningServer(chain);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    await whileNothingIsMined(chain, async () => {
      const { hash, result } = await startSending((options) =>
        send({ ...options, replacement: 'never' }, client),
      );
      await atBaseFee(4n, async () => {
        // The base fee falls with every empty block, until the transaction is cheap no more.
        expect((await result).hash).toBe(hash);
      });
    });
  });

  test('args: is never replaced above the limit of the caller', async () => {
    await using server = await startMiningServer(chain);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    await whileNothingIsMined(chain, async () => {
      const replaced: TransactionVersion[] = [];
      const { result } = await startSending((options) =>
        send(
          {
            ...options,
            fees: { maxFeePerGas: 10n * gwei },
            replacement: { whenPricedOut: 1 },
            onReplaced: (version) => replaced.push(version),
          },
          client,
        ),
      );
      await atBaseFee(12n, async () => {
        await result;
        for (const { fees } of replaced) {
          expect(fees.type === 'eip1559' && fees.maxFeePerGas <= 10n * gwei).toBe(true);
        }
      });
    });
  });
});

describe('what is not mined', () => {
  test('behavior: is sent again, the same bytes, when the chain has lost it', async () => {
    await using server = await startRpcServer(() => false, chain.anvil.rpcUrl);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const before = await count();
    await whileNothingIsMined(chain, async () => {
      const { hash, result } = await startSending((options) => send(options, client));
      await chain.send('anvil_dropTransaction', hash);
      await expect.poll(() => readTransaction(chain, hash), { timeout: 20_000 }).not.toBeNull();
      await chain.send('evm_mine');
      expect((await result).hash).toBe(hash);
    });
    expect(await count()).toBe(before + 1);
    expect(server.methods.filter((one) => one === 'eth_sendRawTransaction')).toHaveLength(2);
  });

  test('behavior: because another one comes first, is not replaced', async () => {
    let mines = false;
    await using server = await startRpcServer(async ({ method, params }) => {
      const asksForLatest = method === 'eth_getBlockByNumber' && params[0] === 'latest';
      if (mines && asksForLatest) await chain.send('evm_mine');
      return false;
    }, chain.anvil.rpcUrl);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const replaced: TransactionVersion[] = [];
    // The first one offers less, so that nothing but it holds the second one up.
    const cheap = { replacement: 'never', fees: { maxFeePerGas: 2n * gwei } } as const;
    const eager = {
      replacement: { whenPricedOut: 1, whenPassedOver: 1 },
      onReplaced: (version: TransactionVersion) => replaced.push(version),
    };
    await atBaseFee(1n, () => chain.mine(1));
    await whileNothingIsMined(chain, async () => {
      const first = await startSending((hooks) => send({ ...hooks, ...cheap }, client));
      const second = await startSending((hooks) => send({ ...hooks, ...eager }, client));
      await atBaseFee(4n, async () => {
        mines = true;
        const { receipt } = await first.result;
        expect((await second.result).receipt.blockNumber).toBe(receipt.blockNumber);
      });
    });
    expect(replaced).toEqual([]);
  });
});

describe('confirmations', () => {
  test('args: blocks that follow', async () => {
    await using server = await startRpcServer(async ({ method }) => {
      if (method === 'eth_blockNumber') await chain.send('evm_mine');
      return false;
    }, chain.anvil.rpcUrl);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const { receipt } = await send({ confirmations: 4 }, client);
    const head = BigInt((await chain.send('eth_blockNumber')) as string);
    expect(head - receipt.blockNumber).toBeGreaterThanOrEqual(3n);
  });

  test('behavior: a block that is no longer part of the chain does not count', async () => {
    const before = await count();
    const snapshot = await chain.send('evm_snapshot');
    const { hash, result } = await startSending((options) =>
      send({ ...options, confirmations: 3 }),
    );
    await expect.poll(() => count(), { timeout: 20_000 }).toBe(before + 1);
    const first = (await readTransaction(chain, hash))['blockHash'];
    await chain.send('evm_revert', snapshot);
    // Another block in place of the one that held it; the transaction is sent again.
    await chain.send('evm_mine');
    await expect.poll(() => count(), { timeout: 20_000 }).toBe(before + 1);
    await chain.mine(3);
    const { hash: mined, receipt } = await result;
    expect(mined).toBe(hash);
    expect(receipt.blockHash).not.toBe(first);
  });
});

describe('a nonce that another program uses', () => {
  /** Another program with the same key: anvil itself. */
  const sendElsewhere = (fields: object) =>
    chain.send('eth_sendTransaction', {
      ...{ from: chain.payer.address, gas: '0x30d40' },
      ...{ maxFeePerGas: '0x174876e800', maxPriorityFeePerGas: '0x2540be400' },
      ...fields,
    }) as Promise<Hex>;

  test('behavior: for the same call with higher fees, which counts', async () => {
    await whileNothingIsMined(chain, async () => {
      const replaced: Hex[] = [];
      const { hash, result } = await startSending((options) =>
        send({ ...options, onReplaced: (version) => replaced.push(version.hash) }),
      );
      const { input, to, nonce } = await readTransaction(chain, hash);
      const other = await sendElsewhere({ to, data: input, nonce });
      await chain.send('evm_mine');
      expect((await result).hash).toBe(other);
      expect(replaced).toEqual([other]);
    });
  });

  test('error: for something else', async () => {
    await whileNothingIsMined(chain, async () => {
      const { hash, result } = await startSending(send);
      const { nonce } = await readTransaction(chain, hash);
      const other = await sendElsewhere({ to: chain.provider.address, value: '0x1', nonce });
      await chain.send('evm_mine');
      const error = await failure(result);
      expect(error.code).toBe('TRANSACTION_REPLACED');
      expect(
        error.message.replace(other, '<other>').replace(chain.token, '<token>'),
      ).toMatchInlineSnapshot(`
        "Another transaction of the account took the nonce of this one.
        Place: Token.approve at <token>
        Found: transaction <other>
        Fix: nothing was done; send it again if it is still wanted"
      `);
    });
  });

  test('error: for nothing: cancelled in a wallet', async () => {
    await whileNothingIsMined(chain, async () => {
      const { hash, result } = await startSending(send);
      const { nonce } = await readTransaction(chain, hash);
      const other = await sendElsewhere({ to: chain.payer.address, nonce });
      await chain.send('evm_mine');
      const error = await failure(result);
      expect(error.code).toBe('TRANSACTION_CANCELLED');
      expect(error.found).toBe(`transaction ${other}`);
    });
  });
});

describe('a wallet that sends by itself', () => {
  const wallet = (): Signer => ({
    ...chain.payer,
    sendTransaction: async ({ to, data }) =>
      (await chain.send('eth_sendTransaction', { from: chain.payer.address, to, data })) as Hex,
  });

  test('default: chooses the nonce; the pipeline waits and checks', async () => {
    const reports: unknown[] = [];
    const before = await count();
    const onSent: TransactionOptions['onSent'] = (_hash, report) => reports.push(report);
    const { receipt, hash } = await send({ onSent }, chain.client, wallet());
    expect(receipt.transactionHash).toBe(hash);
    expect(reports).toEqual([
      {
        ...{ purpose: 'Token.approve', address: chain.payer.address },
        ...{ nonce: before, isResumed: false },
      },
    ]);
    expect(await count()).toBe(before + 1);
  });

  test('error: what would revert is not shown to it; what it denies is its error', async () => {
    let asked = 0;
    const denying: Signer = {
      ...chain.payer,
      sendTransaction() {
        asked += 1;
        return Promise.reject(new TypeError('denied'));
      },
    };
    await expect(send({}, chain.client, denying)).rejects.toThrow('denied');
    expect(asked).toBe(1);
    const { client, provider, mpe } = chain;
    await expect(
      approve(
        client,
        { ...denying, address: provider.address },
        {
          ...{ token: mpe, spender: mpe, amount: 1n },
        },
      ),
    ).rejects.toMatchObject({ code: 'CONTRACT_REVERTED' });
    expect(asked).toBe(1);
  });
});
