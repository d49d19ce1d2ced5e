import type { Hex } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { fail, refuse, reply, startRpcServer } from '../../test/rpc-server.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import {
  adjustGasPrice,
  approve,
  createChainClient,
  deposit,
  getAllowance,
  getEscrowBalance,
  privateKeySigner,
  type TransactionOptions,
  withdraw,
} from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

/** A transaction that always succeeds. */
const send = (options: TransactionOptions & { amount?: bigint } = {}, client = chain.client) => {
  const { token, mpe, payer } = chain;
  return approve(client, payer, { token, spender: mpe, amount: 1n, ...options });
};
const getTransaction = async (hash: Hex) =>
  (await chain.send('eth_getTransactionByHash', hash)) as Record<string, string>;

/** Runs something while transactions are taken and not mined. */
async function whileNothingIsMined<T>(use: () => Promise<T>): Promise<T> {
  await chain.send('evm_setAutomine', false);
  try {
    return await use();
  } finally {
    await chain.send('evm_mine');
    await chain.send('evm_setAutomine', true);
  }
}

describe('sendContractTransaction', () => {
  test('default: simulated, EIP-1559, gas with a margin, mined, successful', async () => {
    await using server = await startRpcServer(() => false, chain.anvil.rpcUrl);
    const sent: Hex[] = [];
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const { hash, receipt } = await send({ onSent: (one) => sent.push(one) }, client);
    expect(sent).toEqual([hash]);
    expect(receipt).toMatchObject({ status: 'success', transactionHash: hash });
    expect(receipt.from).toBe(chain.payer.address.toLowerCase());
    const transaction = await getTransaction(hash);
    expect(transaction['type']).toBe('0x2');
    const { maxFeePerGas, maxPriorityFeePerGas, gas } = transaction;
    expect(BigInt(maxFeePerGas ?? 0)).toBeGreaterThan(BigInt(maxPriorityFeePerGas ?? 0));
    expect(BigInt(gas ?? 0)).toBeGreaterThanOrEqual((receipt.gasUsed * 5n) / 4n);
    const writes = ['eth_call', 'eth_estimateGas'];
    expect(server.methods.filter((one) => writes.includes(one))).toEqual(writes);
    const order = server.methods.slice(server.methods.indexOf('eth_getTransactionCount'));
    expect([...new Set(order)]).toEqual([
      'eth_getTransactionCount',
      'eth_sendRawTransaction',
      'eth_getTransactionReceipt',
    ]);
  });

  test('args: legacy fees, by the rule of the official SDKs', async () => {
    const price = BigInt((await chain.send('eth_gasPrice')) as string);
    const { hash } = await send({ fees: 'legacy' });
    const transaction = await getTransaction(hash);
    expect(transaction['type']).toBe('0x0');
    expect(BigInt(transaction['gasPrice'] ?? 0)).toBe(adjustGasPrice(price));
  });

  test('args: limits of fees', async () => {
    const { hash } = await send({ fees: { maxFeePerGas: 1_500_000_000n, kind: 'eip1559' } });
    const { maxFeePerGas } = await getTransaction(hash);
    expect(BigInt(maxFeePerGas ?? 0)).toBeLessThanOrEqual(1_500_000_000n);
    await using server = await startRpcServer(() => false, chain.anvil.rpcUrl);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    for (const fees of [{ maxCost: 50_000n }, { kind: 'legacy', maxFeePerGas: 1n }] as const) {
      const error = await failure(send({ fees }, client));
      expect([error.code, error.expected]).toEqual([
        'FEE_ABOVE_LIMIT',
        expect.stringMatching(/^at most [01] wei for each unit of gas$/),
      ]);
    }
    expect(server.methods).not.toContain('eth_sendRawTransaction');
  });

  test('behavior: a chain without a base fee gets a legacy transaction', async () => {
    await using old = await startTestChain({ args: ['--hardfork', 'berlin'] });
    const { client, token, mpe, payer } = old;
    const { hash } = await approve(client, payer, { token, spender: mpe, amount: 3n });
    const transaction = (await old.send('eth_getTransactionByHash', hash)) as { type: string };
    expect(transaction.type).toBe('0x0');
  });

  test('behavior: many at once from one account, each with a nonce of its own', async () => {
    const { client, mpe, token, payer, anvil } = chain;
    const other = createChainClient({ rpcUrl: anvil.rpcUrl });
    let waiting = 24;
    const all = Promise.withResolvers<void>();
    const onSent = () => {
      waiting -= 1;
      if (waiting === 0) all.resolve();
    };
    const results = await whileNothingIsMined(async () => {
      const sent = Array.from({ length: 24 }, (_, i) =>
        send({ amount: BigInt(i), onSent }, i % 2 ? client : other),
      );
      await Promise.race([all.promise, ...sent]);
      await chain.send('evm_mine');
      return Promise.all(sent);
    });
    const nonces = await Promise.all(
      results.map(async ({ hash }) => Number((await getTransaction(hash))['nonce'])),
    );
    const first = Math.min(...nonces);
    expect(nonces.toSorted((a, b) => a - b)).toEqual(nonces.map((_, i) => first + i));
    const last = nonces.indexOf(first + 23);
    const owner = payer.address;
    expect(await getAllowance(client, { token, owner, spender: mpe })).toBe(BigInt(last));
  });

  test('behavior: enough gas when an earlier transaction empties what it writes', async () => {
    const results = await whileNothingIsMined(async () => {
      const emptied = Promise.withResolvers<Hex>();
      const first = send({ amount: 0n, onSent: emptied.resolve });
      await Promise.race([emptied.promise, first]);
      const filled = Promise.withResolvers<Hex>();
      const second = send({ amount: 5n, onSent: filled.resolve });
      await Promise.race([filled.promise, second]);
      await chain.send('evm_mine');
      return Promise.all([first, second]);
    });
    expect(results.map(({ receipt }) => receipt.status)).toEqual(['success', 'success']);
  });

  test('behavior: after waiting transactions of another program', async () => {
    const { payer, provider } = chain;
    const { first, second } = await whileNothingIsMined(async () => {
      const fields = { from: payer.address, to: provider.address, value: '0x1' };
      const first = (await chain.send('eth_sendTransaction', fields)) as Hex;
      const sent = Promise.withResolvers<Hex>();
      const mine = send({ onSent: sent.resolve });
      await Promise.race([sent.promise, mine]);
      await chain.send('evm_mine');
      return { first, second: (await mine).hash };
    });
    const nonce = async (hash: Hex) => Number((await getTransaction(hash))['nonce']);
    expect(await nonce(second)).toBe((await nonce(first)) + 1);
  });

  test('behavior: a nonce that the endpoint counted too low is replaced', async () => {
    let lies = 2;
    await using server = await startRpcServer((request, response) => {
      if (request.method !== 'eth_getTransactionCount' || lies === 0) return false;
      lies -= 1;
      return reply(response, request, '0x0');
    }, chain.anvil.rpcUrl);
    const { receipt } = await send({}, createChainClient({ rpcUrl: server.rpcUrl }));
    expect(receipt.status).toBe('success');
    expect(server.methods.filter((one) => one === 'eth_sendRawTransaction')).toHaveLength(3);
  });

  test('behavior: an endpoint that does not count what waits', async () => {
    const { payer } = chain;
    await using server = await startRpcServer(async (request, response) => {
      if (request.method !== 'eth_getTransactionCount') return false;
      const mined = await chain.send(request.method, payer.address, 'latest');
      return reply(response, request, mined);
    }, chain.anvil.rpcUrl);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const hashes = await whileNothingIsMined(async () => {
      const results = [];
      for (let i = 0; i < 3; i++) {
        const sent = Promise.withResolvers<Hex>();
        const result = send({ onSent: sent.resolve }, client);
        results.push(result);
        await Promise.race([sent.promise, result]);
      }
      await chain.send('evm_mine');
      return (await Promise.all(results)).map(({ hash }) => hash);
    });
    const nonces = await Promise.all(
      hashes.map(async (hash) => Number((await getTransaction(hash))['nonce'])),
    );
    expect(nonces.map((nonce) => nonce - (nonces[0] ?? 0))).toEqual([0, 1, 2]);
    expect(server.methods.filter((one) => one === 'eth_sendRawTransaction')).toHaveLength(3);
  });

  test.each([true, false])(
    'behavior: a lost answer is no second transaction (mined: %s)',
    async (mined) => {
      const { payer } = chain;
      const count = () => chain.send('eth_getTransactionCount', payer.address, 'latest');
      const before = Number(await count());
      let lost = 0;
      await chain.send('evm_setAutomine', mined);
      await using server = await startRpcServer(async (request, response) => {
        if (request.method !== 'eth_sendRawTransaction' || lost === 1) return false;
        lost += 1;
        await chain.send(request.method, ...request.params);
        response.destroy();
        return true;
      }, chain.anvil.rpcUrl);
      const client = createChainClient({ rpcUrl: server.rpcUrl });
      const { receipt } = await send({ onSent: () => void chain.send('evm_mine') }, client);
      await chain.send('evm_setAutomine', true);
      expect(receipt.status).toBe('success');
      expect(Number(await count())).toBe(before + 1);
    },
  );

  test('behavior: an endpoint that fails for a while is waited for', async () => {
    let failures = 3;
    await using server = await startRpcServer((request, response) => {
      if (request.method !== 'eth_getTransactionReceipt' || failures === 0) return false;
      failures -= 1;
      return fail(response, 503);
    }, chain.anvil.rpcUrl);
    const { receipt } = await send({}, createChainClient({ rpcUrl: server.rpcUrl }));
    expect(receipt.status).toBe('success');
    expect(failures).toBe(0);
  });

  test('error: what would revert is not sent', async () => {
    await using server = await startRpcServer(() => false, chain.anvil.rpcUrl);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const { mpe, provider } = chain;
    const error = await failure(withdraw(client, provider, { mpe, amount: 5n }));
    expect(error.code).toBe('CONTRACT_REVERTED');
    expect(server.methods).not.toContain('eth_estimateGas');
  });

  test('error: no contract at the address', async () => {
    await using server = await startRpcServer(() => false, chain.anvil.rpcUrl);
    const client = createChainClient({ rpcUrl: server.rpcUrl });
    const mpe = chain.delegate.address;
    const error = await failure(withdraw(client, chain.payer, { mpe, amount: 5n }));
    expect([error.code, error.place]).toEqual([
      'CONTRACT_MISSING',
      `MultiPartyEscrow.withdraw at ${mpe}`,
    ]);
    expect(server.methods).not.toContain('eth_estimateGas');
  });

  test('error: mined and failed, with the reason of the contract', async () => {
    const { client, mpe, token, payer } = chain;
    await deposit(client, payer, { mpe, token, amount: 10n });
    const errors = await whileNothingIsMined(async () => {
      const sent = [Promise.withResolvers<Hex>(), Promise.withResolvers<Hex>()];
      // Each of them alone is possible, so that both are sent.
      const both = sent.map(({ resolve }) =>
        withdraw(client, payer, { mpe, amount: 8n, onSent: resolve }).then(
          () => undefined,
          (error: unknown) => error,
        ),
      );
      await Promise.race([Promise.all(sent.map(({ promise }) => promise)), Promise.all(both)]);
      await chain.send('evm_mine');
      return Promise.all(both);
    });
    const [error] = errors.filter((one) => one !== undefined);
    expect(errors).toContain(undefined);
    const failed = await failure(Promise.reject(error));
    expect(failed.code).toBe('TRANSACTION_FAILED');
    expect(failed.message.replaceAll(mpe, '<mpe>')).toMatchInlineSnapshot(`
      "MultiPartyEscrow.withdraw failed on the chain.
      Place: MultiPartyEscrow.withdraw at <mpe>
      Found: MultiPartyEscrow.withdraw reverts: Insufficient balance in the contract.
      Fix: deposit the missing tokens into the escrow first"
    `);
    expect(await getEscrowBalance(client, { mpe, account: payer.address })).toBe(2n);
  });

  test('error: not mined in time; the next transaction is not held up', async () => {
    const error = await whileNothingIsMined(() => failure(send({ timeoutMs: 60 })));
    expect(error.code).toBe('TRANSACTION_TIMED_OUT');
    expect(error.message.replace(/0x[0-9a-f]{64}/, '<hash>')).toMatchInlineSnapshot(`
      "The transaction was not mined within 60 ms.
      Found: transaction <hash>
      Fix: look the transaction up before you send it again; it may still be mined"
    `);
    expect((await send()).receipt.status).toBe('success');
  });

  test('error: cancelled while it waits', async () => {
    const controller = new AbortController();
    const error = await whileNothingIsMined(() =>
      failure(send({ signal: controller.signal, onSent: () => controller.abort() })),
    );
    expect(error.code).toBe('ABORTED');
    expect(error.message.replace(/0x[0-9a-f]{64}/, '<hash>')).toMatchInlineSnapshot(`
      "The wait for a transaction was cancelled.
      Found: transaction <hash>, which may still be mined"
    `);
  });

  test('error: an account without ether', async () => {
    const { client, token, mpe } = chain;
    const poor = privateKeySigner(`0x${'77'.repeat(32)}`);
    const error = await failure(approve(client, poor, { token, spender: mpe, amount: 1n }));
    expect(error.code).toBe('FUNDS_MISSING');
    expect(error.message.replace(/127.0.0.1:\d+/, '<host>').replace(poor.address, '<poor>')).toBe(
      [
        'The account has too little ether for the gas.',
        'Place: <poor> at <host>',
        'Expected: what the transaction costs at the fees of now',
        'Found: 0 ETH',
        'Fix: Send ether to this account, or use another one.',
      ].join('\n'),
    );
  });

  test('error: the endpoint takes no transactions', async () => {
    await using server = await startRpcServer((request, response) => {
      if (request.method !== 'eth_sendRawTransaction') return false;
      return refuse(response, request, { code: -32601, message: 'read only' });
    }, chain.anvil.rpcUrl);
    const error = await failure(send({}, createChainClient({ rpcUrl: server.rpcUrl })));
    expect(error.message.replace(server.host, '<host>')).toMatchInlineSnapshot(`
      "The transaction was rejected: read only.
      Place: <host>"
    `);
  });

  test('error: nobody knows whether it was accepted', async () => {
    let raw: unknown;
    await using server = await startRpcServer((request, response) => {
      if (request.method !== 'eth_sendRawTransaction') return false;
      raw = request.params[0];
      return fail(response, 502);
    }, chain.anvil.rpcUrl);
    const error = await failure(send({}, createChainClient({ rpcUrl: server.rpcUrl })));
    expect(error.code).toBe('TRANSACTION_OUTCOME_UNKNOWN');
    const hash = await chain.send('eth_sendRawTransaction', raw);
    const text = error.message.replace(server.host, '<host>').replace(String(hash), '<hash>');
    expect(text).toMatchInlineSnapshot(`
      "It is not known whether the chain accepted the transaction.
      Place: <host>
      Found: transaction <hash>
      Fix: look the transaction up before you send it again"
    `);
  });

  test('error: a nonce that is always taken', async () => {
    await using server = await startRpcServer(
      (request, response) =>
        request.method === 'eth_getTransactionCount' && reply(response, request, '0x0'),
      chain.anvil.rpcUrl,
    );
    const error = await failure(send({}, createChainClient({ rpcUrl: server.rpcUrl })));
    expect(error.message.replace(chain.payer.address, '<account>')).toMatchInlineSnapshot(`
      "The transaction was rejected: other transactions took its nonce.
      Found: nonce 2 of <account>
      Fix: do not send transactions of this account from several programs at once"
    `);
  });
});
