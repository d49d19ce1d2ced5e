import { BaseError, redact, withDeadline } from '@snetkit/core';
import type { EthereumProvider } from './ethereum-provider.ts';

/** One question to a wallet. */
export interface WalletRequest {
  readonly method: string;
  readonly params?: readonly unknown[] | undefined;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks a wallet, in which the user may have to agree.
 *
 * @throws BaseError `SIGNER_REFUSED` when the user says no (4001) or the wallet does not let the page ask
 * (4100), `SIGNER_UNSUPPORTED` for methods that it does not have (4200, -32601), `SIGNER_UNAVAILABLE` when it
 * is disconnected (4900, 4901), `WALLET_CHAIN_MISMATCH` for a chain that it does not know (4902),
 * `RPC_REFUSED` for every other code; `RPC_UNREACHABLE` for errors without one and for its inner ones (-32603),
 * after which nobody knows what became of the request; `TIMED_OUT`, `ABORTED`
 */
export async function requestWallet(
  provider: EthereumProvider,
  { method, params = [], timeoutMs, signal }: WalletRequest,
): Promise<unknown> {
  return await withDeadline({ what: `The wallet's ${method}`, timeoutMs, signal }, async () => {
    try {
      return await provider.request({ method, params });
    } catch (error) {
      throw describe(error, method);
    }
  });
}

function describe(error: unknown, method: string): BaseError {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  // Some wallets put the code of a chain that they do not know inside.
  const inner = (error as { data?: { originalError?: { code?: unknown } } } | undefined)?.data
    ?.originalError?.code;
  const number = Number(inner === 4902 ? inner : code);
  const text = redact(String(message ?? 'no reason given')).slice(0, 200);
  // No cause: errors of wallets carry requests, signatures among them.
  const place = method;
  if (Number.isNaN(number)) {
    // The wallet did not say this: it crashed, was updated or taken away.
    return new BaseError('RPC_UNREACHABLE', 'The wallet cannot be reached.', {
      place,
      found: text,
    });
  }
  const found = `${text} (${number})`;
  switch (number) {
    case 4001:
      return new BaseError('SIGNER_REFUSED', 'The user refused the request in the wallet.', {
        place,
      });
    case 4100:
      return new BaseError('SIGNER_REFUSED', 'The wallet does not let this page use the account.', {
        ...{ place, found, hint: 'connect the wallet to the page again' },
      });
    case 4200:
    case -32601:
    case -32004:
      return new BaseError('SIGNER_UNSUPPORTED', `The wallet does not know ${method}.`, { found });
    case 4900:
    case 4901:
      return new BaseError('SIGNER_UNAVAILABLE', 'The wallet is not connected to the chain.', {
        ...{ place, found },
      });
    case -32002:
      return new BaseError(
        'SIGNER_UNAVAILABLE',
        'The wallet waits for an answer to an earlier request.',
        {
          ...{ place, found, hint: 'open the wallet and answer it' },
        },
      );
    case -32603:
      // It failed at something: a node that did not answer after it took the transaction, perhaps.
      return new BaseError('RPC_UNREACHABLE', 'The wallet failed inside.', { place, found });
    case 4902:
      return new BaseError('WALLET_CHAIN_MISMATCH', 'The wallet does not know the chain.', {
        ...{
          place,
          found,
          hint: 'tell the name and RPC URL of the chain, so that it can be added',
        },
      });
    default:
      return new BaseError('RPC_REFUSED', `The wallet refused ${method}.`, { found });
  }
}
