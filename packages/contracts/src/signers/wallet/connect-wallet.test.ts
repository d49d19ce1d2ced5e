import { inspect } from 'node:util';
import { type Anvil, startAnvil } from '@snetkit/anvil';
import { bytesToHex, keccak256 } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure } from '../../../test/failure.ts';
import { address, chainId, claims, permit, transactions } from '../../../test/signers/samples.ts';
import { createTestWallet, type TestWalletOptions } from '../../../test/signers/wallet.ts';
import { vectors } from '../../../test/vectors.ts';
import type { TransactionDraft } from '../signer.ts';
import { connectWallet, switchWalletChain } from '../wallet.ts';

const other = vectors.accounts.keys['hh1']?.address as string;
const [claim] = claims as [(typeof claims)[number]];
const [{ asked: legacy }] = transactions as [(typeof transactions)[number]];

/** A transfer of one wei, without a nonce. */
const draft: TransactionDraft = {
  ...{ type: 'eip1559', chainId, gas: 30_000n, to: other as `0x${string}`, value: 1n, data: '0x' },
  ...{ maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 1n },
};

let chain: Anvil;
beforeAll(async () => {
  chain = await startAnvil({ chainId });
});
afterAll(() => chain.stop());

const createWallet = (options: Partial<TestWalletOptions> = {}) =>
  createTestWallet({ rpcUrl: chain.rpcUrl, accounts: [address, other], chainId, ...options });

async function connect(options: Partial<TestWalletOptions> = {}) {
  const wallet = createWallet(options);
  return { wallet, signer: await connectWallet({ provider: wallet.provider, address }) };
}

describe('connectWallet', () => {
  test('default: the first account that the user offers', async () => {
    const { provider, methods } = createWallet();
    expect((await connectWallet({ provider })).address).toBe(address);
    expect(methods).toEqual(['eth_requestAccounts']);
  });

  test('default: sends, and the transaction is mined', async () => {
    const { signer } = await connect();
    const hash = await signer.sendTransaction(draft);
    const { provider } = createWallet();
    const params = [hash];
    const receipt = await provider.request({ method: 'eth_getTransactionReceipt', params });
    expect(receipt).toMatchObject({ status: '0x1', to: other.toLowerCase() });
  });

  test('behavior: a message is its hash, as personal_sign takes it', async () => {
    let params: readonly unknown[] = [];
    const { signer } = await connect({
      tamper: (request) => {
        if (request.method === 'personal_sign') params = request.params;
        return request;
      },
    });
    await signer.signMessage(claim.packed);
    expect(params).toEqual([bytesToHex(keccak256(claim.packed)), address]);
  });

  test('behavior: v counted from 0, and high S, become what the contract takes', async () => {
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const { signer } = await connect({
      answer({ method }, result) {
        if (method !== 'personal_sign') return result;
        const text = String(result);
        const high = order - BigInt(`0x${text.slice(66, 130)}`);
        const v = text.endsWith('1b') ? '01' : '00';
        return `${text.slice(0, 66)}${high.toString(16).padStart(64, '0')}${v}`;
      },
    });
    expect(bytesToHex(await signer.signMessage(claim.packed))).toBe(claim.signature);
  });

  test('args: address', async () => {
    const { provider } = createWallet();
    expect((await connectWallet({ provider, address: other.toLowerCase() })).address).toBe(other);
    const stranger = vectors.accounts.keys['hh2']?.address as string;
    const error = await failure(connectWallet({ provider, address: stranger }));
    expect(error.code).toBe('WALLET_ACCOUNT_CHANGED');
    expect(error.message).toBe(`The wallet does not offer the account.
Expected: ${stranger}
Fix: choose the account in the wallet, and connect it to this page`);
  });

  test('args: chain; switches at once, and again before a transaction', async () => {
    const wallet = createWallet({ chainId: 1 });
    wallet.state.chains.add(chainId);
    const { provider, state } = wallet;
    const signer = await connectWallet({ provider, chain: { chainId } });
    expect(state.chainId).toBe(chainId);
    state.chainId = 1;
    await signer.sendTransaction(draft);
    expect(state.chainId).toBe(chainId);
  });

  test('args: onAccountsChange, onChainChange; until it is disposed of', async () => {
    const { provider, emit, countListeners } = createWallet();
    const seen: unknown[] = [];
    const signer = await connectWallet({
      provider,
      onAccountsChange: (accounts) => seen.push(accounts),
      onChainChange: (id) => seen.push(id),
    });
    emit('accountsChanged', [other.toLowerCase()]);
    emit('chainChanged', '0x1');
    expect(seen).toEqual([[other], 1]);
    signer[Symbol.dispose]();
    expect(countListeners()).toBe(0);
  });

  test('error: the user chose another account since', async () => {
    const { wallet, signer } = await connect();
    wallet.state.accounts = [other];
    const works = [
      signer.signMessage(claim.packed),
      signer.signTypedData(permit),
      signer.signTransaction(legacy),
      signer.sendTransaction(draft),
    ];
    for (const error of await Promise.all(works.map(failure))) {
      expect(error.code).toBe('WALLET_ACCOUNT_CHANGED');
    }
    expect(wallet.methods).not.toContain('personal_sign');
  });

  test('error: another chain; nothing is sent', async () => {
    const { wallet, signer } = await connect();
    wallet.state.chainId = 1;
    const works = [
      signer.signTypedData(permit),
      signer.signTransaction(legacy),
      signer.sendTransaction(draft),
    ];
    for (const error of await Promise.all(works.map(failure))) {
      expect(error.code).toBe('WALLET_CHAIN_MISMATCH');
      expect(error.message).toBe(`The wallet is on another chain.
Expected: chain ${chainId}
Found: chain 1
Fix: switch the wallet, or let switchWalletChain ask the user to do it`);
    }
    expect(wallet.methods).not.toContain('eth_sendTransaction');
    // Payments are for a contract of a chain, but a message has no chain to compare.
    await signer.signMessage(claim.packed);
  });

  test('error: the user says no', async () => {
    const { wallet, signer } = await connect();
    wallet.state.user = 'refuses';
    const works = {
      personal_sign: () => signer.signMessage(claim.packed),
      eth_signTypedData_v4: () => signer.signTypedData(permit),
      eth_sendTransaction: () => signer.sendTransaction(draft),
      eth_requestAccounts: () => connectWallet({ provider: wallet.provider }),
    };
    for (const [method, work] of Object.entries(works)) {
      const error = await failure(work());
      expect(error.code).toBe('SIGNER_REFUSED');
      expect(error.message).toBe(`The user refused the request in the wallet.\nPlace: ${method}`);
    }
  });

  test('error: the user does not answer', async () => {
    const wallet = createWallet();
    const signer = await connectWallet({ provider: wallet.provider, timeoutMs: 60_000 });
    wallet.state.user = 'is away';
    const controller = new AbortController();
    const { signal } = controller;
    const works = [
      signer.signMessage(claim.packed, { signal }),
      signer.sendTransaction(draft, { signal }),
    ];
    const errors = Promise.all(works.map(failure));
    await expect.poll(() => wallet.methods).toContain('eth_sendTransaction');
    controller.abort();
    expect((await errors).map(({ code }) => code)).toEqual([
      'ABORTED',
      // The question is still in the wallet, and the user may say yes to it.
      'TRANSACTION_OUTCOME_UNKNOWN',
    ]);
    const late = await failure(connectWallet({ provider: wallet.provider, timeoutMs: 1 }));
    expect(late.message).toBe("The wallet's eth_requestAccounts took longer than 1 ms.");
  });

  const wrong: readonly [string, (result: unknown) => unknown, string][] = [
    [
      'of something else',
      () => vectors.signed_messages.claim[1]?.signature,
      'no signature of this',
    ],
    ['of a contract', () => `0x${'ab'.repeat(200)}`, 'The answer is no signature of a key.'],
    ['that is none', () => ({}), 'The answer is no signature.'],
    ['of zeros', () => `0x${'00'.repeat(65)}`, 'no signature of this account over what was asked'],
  ];
  test.each(wrong)('error: a signature %s', async (_, change, text) => {
    const { signer } = await connect({
      answer: ({ method }, result) =>
        ['personal_sign', 'eth_signTypedData_v4'].includes(method) ? change(result) : result,
    });
    const works = [signer.signMessage(claim.packed), signer.signTypedData(permit)];
    for (const error of await Promise.all(works.map(failure))) {
      expect(error.code).toBe('SIGNER_ANSWER_INVALID');
      expect(error.message).toContain(text);
    }
  });

  test('error: it signs another transaction', async () => {
    const { signer } = await connect({
      tamper: (request) =>
        request.method === 'eth_signTransaction'
          ? {
              ...request,
              params: [{ ...(request.params[0] as object), value: '0x5', gas: '0x5208' }],
            }
          : request,
    });
    const error = await failure(signer.signTransaction({ ...legacy, data: '0x' }));
    expect(error.code).toBe('SIGNER_ANSWER_INVALID');
    expect(error.message).toBe(`The signed transaction is not the one that was asked for.
Place: wallet
Found: other values of gas, value`);
  });

  test('error: it sends another transaction', async () => {
    const { signer } = await connect({
      tamper: (request) =>
        request.method === 'eth_sendTransaction'
          ? {
              ...request,
              params: [{ ...(request.params[0] as object), to: address, value: '0x5' }],
            }
          : request,
    });
    const error = await failure(signer.sendTransaction(draft));
    expect(error.code).toBe('SIGNER_ANSWER_INVALID');
    expect(error.shortMessage).toBe('The wallet sent another transaction than it was asked to.');
    expect(error.found).toBe('other values of to, value');
    expect(error.place).toMatch(/^0x[\da-f]{64}$/);
  });

  test('error: it cannot sign without sending', async () => {
    const { signer } = await connect({
      answer({ method }, result) {
        if (method !== 'eth_signTransaction') return result;
        throw { code: 4200, message: 'The method is not supported.' };
      },
    });
    const error = await failure(signer.signTransaction(legacy));
    expect(error.code).toBe('SIGNER_UNSUPPORTED');
    expect(error.shortMessage).toBe('The wallet does not know eth_signTransaction.');
  });

  test('error: it is taken away while it sends', async () => {
    const { signer } = await connect({
      answer({ method }, result) {
        if (!['eth_sendTransaction', 'personal_sign'].includes(method)) return result;
        throw new TypeError('Extension context invalidated.');
      },
    });
    expect((await failure(signer.signMessage(claim.packed))).message).toBe(
      `The wallet cannot be reached.
Place: personal_sign
Found: Extension context invalidated.`,
    );
    const error = await failure(signer.sendTransaction(draft));
    expect(error.code).toBe('TRANSACTION_OUTCOME_UNKNOWN');
    expect(error.message).toBe(`It is not known whether the wallet sent the transaction.
Found: The wallet cannot be reached.
Fix: look into the wallet before you send it again`);
  });

  test('error: it fails inside while it sends', async () => {
    const { signer } = await connect({
      answer({ method }, result) {
        if (method !== 'eth_sendTransaction') return result;
        throw { code: -32603, message: 'Failed to fetch' };
      },
    });
    const error = await failure(signer.sendTransaction(draft));
    expect(error.code).toBe('TRANSACTION_OUTCOME_UNKNOWN');
    expect(error.message).toBe(`It is not known whether the wallet sent the transaction.
Found: The wallet failed inside.
Fix: look into the wallet before you send it again`);
  });

  test('behavior: the hash is there when the node does not know the transaction yet', async () => {
    for (const result of [() => null, () => Promise.reject(new TypeError('no node'))]) {
      const { signer } = await connect({
        answer: ({ method }, found) => (method === 'eth_getTransactionByHash' ? result() : found),
      });
      expect(await signer.sendTransaction(draft)).toMatch(/^0x[\da-f]{64}$/);
    }
  });

  const codes: readonly [number, string][] = [
    [4100, 'SIGNER_REFUSED'],
    [4900, 'SIGNER_UNAVAILABLE'],
    [4901, 'SIGNER_UNAVAILABLE'],
    [-32002, 'SIGNER_UNAVAILABLE'],
    [-32601, 'SIGNER_UNSUPPORTED'],
    [-32603, 'RPC_UNREACHABLE'],
    [-32000, 'RPC_REFUSED'],
  ];
  test.each(codes)('error: %s of EIP-1193 is %s, and shows no secret', async (code, expected) => {
    const secret = 'ab'.repeat(32);
    const { signer } = await connect({
      answer({ method }, result) {
        if (method !== 'personal_sign') return result;
        throw { code, message: `internal: key ${secret}`, data: { key: secret } };
      },
    });
    const error = await failure(signer.signMessage(claim.packed));
    expect(error.code).toBe(expected);
    expect(`${inspect(error, { depth: 9 })}${JSON.stringify(error)}`).not.toContain(secret);
  });
});

describe('switchWalletChain', () => {
  const add = { name: 'Sepolia', rpcUrls: ['https://rpc.example'] };

  test('default: nothing to do', async () => {
    const { provider, methods } = createWallet();
    await switchWalletChain(provider, { chainId });
    expect(methods).toEqual(['eth_chainId']);
  });

  test('behavior: adds a chain that the wallet does not know', async () => {
    const { provider, state, methods } = createWallet({ chainId: 1 });
    await switchWalletChain(provider, { chainId, add });
    expect(state.chainId).toBe(chainId);
    expect(methods.filter((method) => method.startsWith('wallet_'))).toEqual([
      'wallet_switchEthereumChain',
      'wallet_addEthereumChain',
      'wallet_switchEthereumChain',
    ]);
  });

  test('error: a chain that nobody told about', async () => {
    const { provider } = createWallet({ chainId: 1 });
    expect((await failure(switchWalletChain(provider, { chainId }))).message).toBe(
      `The wallet does not know the chain.
Place: wallet_switchEthereumChain
Found: Unrecognized chain ID. (4902)
Fix: tell the name and RPC URL of the chain, so that it can be added`,
    );
  });

  test('error: refused, or not done in spite of the answer', async () => {
    const { provider, state } = createWallet({ chainId: 1 });
    state.user = 'refuses';
    expect((await failure(switchWalletChain(provider, { chainId }))).code).toBe('SIGNER_REFUSED');
    const stubborn = createWallet({
      chainId: 1,
      tamper: (request) => ({
        ...request,
        method: request.method.replace('wallet_switchEthereumChain', 'eth_chainId'),
      }),
    });
    expect((await failure(switchWalletChain(stubborn.provider, { chainId }))).code).toBe(
      'WALLET_CHAIN_MISMATCH',
    );
  });
});
