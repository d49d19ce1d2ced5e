import {
  type Address,
  BaseError,
  bytesToHex,
  checksumAddress,
  type ErrorCode,
  type Hex,
  hashPersonalMessage,
  keccak256,
  parseAddress,
} from '@snetkit/core';
import { checkSignedTransaction } from '../check-signed-transaction.ts';
import { completeSignature } from '../complete-signature.ts';
import { hashTypedData } from '../hash-typed-data.ts';
import { formatTransaction } from '../rpc/format-transaction.ts';
import { formatTypedData } from '../rpc/format-typed-data.ts';
import { readSignature } from '../rpc/read-signature.ts';
import type { Signer, SignOptions, TransactionDraft } from '../signer.ts';
import { checkSentTransaction } from './check-sent-transaction.ts';
import type { EthereumProvider } from './ethereum-provider.ts';
import { requestWallet } from './request-wallet.ts';
import { checkWalletChain, switchWalletChain, type WalletChain } from './switch-wallet-chain.ts';

/** A node that does not answer is no reason to keep back the hash. */
const lookUpMs = 5_000;

/** Options of {@link connectWallet}. */
export interface ConnectWalletOptions extends SignOptions {
  /** The wallet: `window.ethereum`, or one of `discoverWallets`. */
  readonly provider: EthereumProvider;
  /** Which of the accounts that the user offers; the first one when not given. */
  readonly address?: string | undefined;
  /**
   * The chain to be on. When the wallet is on another one, the user is asked to switch; without it the
   * error `WALLET_CHAIN_MISMATCH` says so.
   */
  readonly chain?: WalletChain | undefined;
  /** Milliseconds that the user has to answer; 300,000 when not given. */
  readonly timeoutMs?: number | undefined;
  /** Told when the user changes the accounts of the page; the signer stays with its own. */
  readonly onAccountsChange?: ((accounts: readonly Address[]) => void) | undefined;
  /** Told when the wallet goes to another chain. */
  readonly onChainChange?: ((chainId: number) => void) | undefined;
}

/** An account of a browser wallet. */
export interface WalletSigner extends Signer, Disposable {
  /** The wallet sends by itself; wallets that sign without sending are rare. */
  sendTransaction(transaction: TransactionDraft, options?: SignOptions): Promise<Hex>;
  /** Stops listening to the wallet; the signer goes on working. */
  [Symbol.dispose](): void;
}

/**
 * Connects with a browser wallet (EIP-1193), in which the user agrees to each request. What it answers is
 * not believed: each signature is recovered, and a transaction that it sent is compared with what was asked.
 *
 * @throws BaseError `SIGNER_REFUSED` when the user says no, `WALLET_ACCOUNT_CHANGED` when the account is not
 * offered, `WALLET_CHAIN_MISMATCH`, `SIGNER_UNAVAILABLE`, `TIMED_OUT`, `ABORTED`; its methods also throw
 * `SIGNER_ANSWER_INVALID`, `SIGNER_UNSUPPORTED` and `TRANSACTION_OUTCOME_UNKNOWN`
 *
 * @example
 * ```ts
 * const account = await connectWallet({ provider: window.ethereum, chain: { chainId: 11155111 } });
 * ```
 */
export async function connectWallet(options: ConnectWalletOptions): Promise<WalletSigner> {
  const { provider, chain, timeoutMs = 300_000 } = options;
  const place = 'wallet';
  const ask = (method: string, params: readonly unknown[], how: SignOptions = {}) =>
    requestWallet(provider, { method, params, timeoutMs, ...how });

  const wanted = options.address === undefined ? undefined : parseAddress(options.address);
  const offered = readAccounts(await ask('eth_requestAccounts', [], { signal: options.signal }));
  const address = wanted ?? offered[0];
  if (address === undefined || !offered.includes(address)) throw accountChanged(wanted);
  if (chain !== undefined) {
    await switchWalletChain(provider, { ...chain, timeoutMs, signal: options.signal });
  }

  const checkAccount = async (how?: SignOptions) => {
    // Asked each time, because not every wallet tells of changes.
    if (readAccounts(await ask('eth_accounts', [], how)).includes(address)) return;
    throw accountChanged(address);
  };
  const reachChain = (chainId: number, { signal }: SignOptions = {}) =>
    chain?.chainId === chainId
      ? switchWalletChain(provider, { ...chain, timeoutMs, signal })
      : checkWalletChain(provider, { chainId, timeoutMs, signal });

  return Object.freeze<WalletSigner>({
    address,
    async signMessage(packed, how) {
      await checkAccount(how);
      const answer = await ask('personal_sign', [bytesToHex(keccak256(packed)), address], how);
      const signature = readSignature(answer, place);
      return completeSignature({ hash: hashPersonalMessage(packed), signature, address, place });
    },
    async signTypedData(data, how) {
      const hash = await hashTypedData(data);
      await checkAccount(how);
      // Wallets sign structured data of their own chain only.
      if (data.domain.chainId !== undefined) await reachChain(data.domain.chainId, how);
      const answer = await ask('eth_signTypedData_v4', [address, formatTypedData(data)], how);
      return completeSignature({ hash, signature: readSignature(answer, place), address, place });
    },
    async signTransaction(asked, how) {
      await checkAccount(how);
      await reachChain(asked.chainId, how);
      const answer = await ask('eth_signTransaction', [formatTransaction(asked, address)], how);
      const raw = (answer as { raw?: unknown } | null)?.raw ?? answer;
      return checkSignedTransaction({ asked, raw, address, place });
    },
    async sendTransaction(draft, how) {
      await checkAccount(how);
      await reachChain(draft.chainId, how);
      const params = [formatTransaction(draft, address)];
      const hash = await ask('eth_sendTransaction', params, how).catch(describeUnknownOutcome);
      return await checkSentTransaction({
        ...{ hash, draft, address },
        lookUp: (params) =>
          requestWallet(provider, {
            ...{ method: 'eth_getTransactionByHash', params, timeoutMs: lookUpMs },
            ...how,
          }),
      });
    },
    [Symbol.dispose]: listen(provider, options),
  });
}

/** Tells the caller of changes, until the function that it returns is called. */
function listen(provider: EthereumProvider, options: ConnectWalletOptions): () => void {
  const { onAccountsChange, onChainChange } = options;
  const onAccounts = (accounts: unknown) => onAccountsChange?.(readAccounts(accounts));
  const onChain = (chainId: unknown) => onChainChange?.(Number(chainId));
  if (onAccountsChange) provider.on?.('accountsChanged', onAccounts);
  if (onChainChange) provider.on?.('chainChanged', onChain);
  return () => {
    provider.removeListener?.('accountsChanged', onAccounts);
    provider.removeListener?.('chainChanged', onChain);
  };
}

function readAccounts(answer: unknown): readonly Address[] {
  return Array.isArray(answer) ? answer.map((one) => checksumAddress(String(one))) : [];
}

function accountChanged(wanted: Address | undefined): BaseError {
  return new BaseError('WALLET_ACCOUNT_CHANGED', 'The wallet does not offer the account.', {
    expected: wanted ?? 'an account',
    hint: 'choose the account in the wallet, and connect it to this page',
  });
}

/** After these the wallet may have sent what it was asked to, or may still do it. */
const unknownOutcomes: readonly ErrorCode[] = ['TIMED_OUT', 'ABORTED', 'RPC_UNREACHABLE'];

/** Whoever stops waiting does not take the question out of the wallet: the user may still agree. */
function describeUnknownOutcome(error: unknown): never {
  if (!(error instanceof BaseError) || !unknownOutcomes.includes(error.code)) throw error;
  const message = 'It is not known whether the wallet sent the transaction.';
  throw new BaseError('TRANSACTION_OUTCOME_UNKNOWN', message, {
    found: error.shortMessage,
    hint: 'look into the wallet before you send it again',
    cause: error,
  });
}
