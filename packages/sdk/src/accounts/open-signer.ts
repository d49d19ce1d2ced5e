import type { Signer } from '@snetkit/contracts';
import type { DecryptKeystoreOptions } from '@snetkit/contracts/signers/keystore';
import type { LedgerSignerOptions } from '@snetkit/contracts/signers/ledger';
import type { MnemonicSignerOptions } from '@snetkit/contracts/signers/mnemonic';
import type { RemoteSignerOptions } from '@snetkit/contracts/signers/remote';
import type { ConnectWalletOptions } from '@snetkit/contracts/signers/wallet';

/**
 * Where a key is, by what is given: words (`mnemonic`, with `index`), the text of a keystore file
 * (`keystore`, with `password`), the connection to a Ledger device (`ledger`, with `index`), a browser
 * wallet (`wallet`), or the URL of a server that signs (`remoteSigner`).
 */
export type KeyPlace =
  | MnemonicSignerOptions
  | DecryptKeystoreOptions
  | ({ readonly ledger: LedgerSignerOptions['transport'] } & Omit<LedgerSignerOptions, 'transport'>)
  | ({ readonly wallet: ConnectWalletOptions['provider'] } & Omit<ConnectWalletOptions, 'provider'>)
  | ({ readonly remoteSigner: string } & Omit<RemoteSignerOptions, 'url'>);

/** Which kind of account it is (seed 004, Account: account type). */
export type KeyPlaceType = 'mnemonic' | 'keystore' | 'ledger' | 'wallet' | 'remote';

/**
 * Makes the signer of an account. Each kind is loaded when it is asked for, and not before.
 *
 * @throws BaseError what the signers of `@snetkit/contracts` throw
 */
export async function openSigner(
  options: KeyPlace,
): Promise<{ type: KeyPlaceType; signer: Signer }> {
  if ('mnemonic' in options) {
    const { mnemonicSigner } = await import('@snetkit/contracts/signers/mnemonic');
    return { type: 'mnemonic', signer: mnemonicSigner(options) };
  }
  if ('keystore' in options) {
    const { keystoreSigner } = await import('@snetkit/contracts/signers/keystore');
    return { type: 'keystore', signer: await keystoreSigner(options) };
  }
  if ('ledger' in options) {
    const { ledger: transport, ...rest } = options;
    const { ledgerSigner } = await import('@snetkit/contracts/signers/ledger');
    return { type: 'ledger', signer: await ledgerSigner({ ...rest, transport }) };
  }
  if ('wallet' in options) {
    const { wallet: provider, ...rest } = options;
    const { connectWallet } = await import('@snetkit/contracts/signers/wallet');
    return { type: 'wallet', signer: await connectWallet({ ...rest, provider }) };
  }
  const { remoteSigner: url, ...rest } = options;
  const { remoteSigner } = await import('@snetkit/contracts/signers/remote');
  return { type: 'remote', signer: await remoteSigner({ ...rest, url }) };
}
