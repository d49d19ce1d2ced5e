import type { EthereumProvider } from '../../src/signers/wallet.ts';

/** What the user and the wallet do. */
interface WalletState {
  /** Accounts that the page may see. */
  accounts: readonly string[];
  chainId: number;
  /** Chains that the wallet knows. */
  chains: Set<number>;
  user: 'accepts' | 'refuses' | 'is away';
}

/** A simulated wallet whose keys and transactions are in a real node. */
export interface TestWallet {
  readonly provider: EthereumProvider;
  readonly state: WalletState;
  /** Methods that it was asked, in order. */
  readonly methods: readonly string[];
  /** Tells the page of a change, as wallets do. */
  emit(event: 'accountsChanged' | 'chainChanged', value: unknown): void;
  /** How many listeners there are. */
  countListeners(): number;
}

/** Options of {@link createTestWallet}. */
export interface TestWalletOptions {
  /** The node that has the keys; `personal_sign` and the like go there. */
  readonly rpcUrl: string;
  readonly accounts: readonly string[];
  readonly chainId: number;
  /** Changes what the wallet is asked, or what it answers. */
  readonly tamper?: ((request: Request) => Request) | undefined;
  readonly answer?: ((request: Request, result: unknown) => unknown) | undefined;
}

interface Request {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Methods that the user is asked for. */
const asked = [
  ...['eth_requestAccounts', 'personal_sign', 'eth_signTypedData_v4', 'eth_sendTransaction'],
  ...['eth_signTransaction', 'wallet_switchEthereumChain', 'wallet_addEthereumChain'],
];

export function createTestWallet(options: TestWalletOptions): TestWallet {
  const { rpcUrl, accounts, chainId } = options;
  const { tamper = (request: Request) => request, answer = (_, result) => result } = options;
  const state: WalletState = { accounts, chainId, chains: new Set([chainId]), user: 'accepts' };
  const methods: string[] = [];
  const listeners: [string, (value: never) => void][] = [];
  const emit: TestWallet['emit'] = (event, value) => {
    for (const [name, listener] of listeners) if (name === event) listener(value as never);
  };

  const run = async ({ method, params }: Request): Promise<unknown> => {
    if (asked.includes(method)) {
      if (state.user === 'refuses') throw refusal(4001, 'MetaMask: User denied message signature.');
      if (state.user === 'is away') await new Promise(() => {});
    }
    const [first] = params as [{ chainId: string }];
    switch (method) {
      case 'eth_requestAccounts':
      case 'eth_accounts':
        return state.accounts.map((one) => one.toLowerCase());
      case 'eth_chainId':
        return `0x${state.chainId.toString(16)}`;
      case 'wallet_addEthereumChain':
        state.chains.add(Number(first.chainId));
        return null;
      case 'wallet_switchEthereumChain':
        if (!state.chains.has(Number(first.chainId))) throw refusal(4902, 'Unrecognized chain ID.');
        state.chainId = Number(first.chainId);
        emit('chainChanged', first.chainId);
        return null;
      default:
        return await send(rpcUrl, { method, params });
    }
  };
  return {
    ...{ state, methods, emit },
    countListeners: () => listeners.length,
    provider: {
      async request({ method, params = [] }) {
        methods.push(method);
        const request = { method, params };
        return answer(request, await run(tamper(request)));
      },
      on: (event, listener) => listeners.push([event, listener]),
      removeListener(event, listener) {
        const at = listeners.findIndex(([name, one]) => name === event && one === listener);
        if (at >= 0) listeners.splice(at, 1);
      },
    },
  };
}

async function send(rpcUrl: string, { method, params }: Request): Promise<unknown> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await response.json()) as {
    result?: unknown;
    error?: { code: number; message: string };
  };
  if (error) throw refusal(error.code, error.message);
  return result;
}

/** Errors of wallets are plain objects, or errors with a code. */
function refusal(code: number, message: string): Error {
  return Object.assign(new Error(message), { code });
}
