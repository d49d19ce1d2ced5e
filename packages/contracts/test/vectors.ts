import { readFileSync } from 'node:fs';
import type { Hex } from '@snetkit/core';

interface AbiVectors {
  readonly functions: Record<
    string,
    { selector: Hex; returns: string[]; mutability: string; inputs: string[] }
  >;
  readonly events: Record<string, { topic0: Hex; inputs: string[] }>;
}

interface SignedTransactionVector<transaction> {
  readonly tx: transaction & Record<'gas' | 'value' | 'to' | 'data', string> & { nonce: number };
  readonly raw: Hex;
}

/** The parts of the protocol's test vectors that concern contracts and transactions. */
export interface Vectors {
  readonly accounts: {
    readonly keys: Record<string, { private_key: Hex; address: Hex }>;
    readonly mnemonic: {
      phrase: string;
      addresses: { index: number; path: string; address: Hex }[];
    };
  };
  readonly signed_messages: {
    readonly claim: { name: string; signer: string; packed: Hex; signature: Hex }[];
  };
  readonly ledger: {
    readonly path: string;
    readonly path_bytes: Hex;
    readonly get_address_apdu: Hex;
    readonly sign_personal_message_apdu: { message_hex: Hex; apdu: Hex };
  };
  readonly abi: Record<'MultiPartyEscrow' | 'Registry' | 'FetchToken', AbiVectors>;
  readonly calldata: readonly { function: string; args: unknown[]; data: Hex }[];
  readonly gas_price: { readonly cases: { node_gas_price_wei: string; adjusted_wei: string }[] };
  readonly transaction_nonce: {
    readonly cases: { chain: number; cached: number; reference: number; correct?: number }[];
  };
  readonly signed_legacy_transaction: SignedTransactionVector<{ gasPrice: string }> & { hash: Hex };
  readonly signed_eip1559_transaction: SignedTransactionVector<
    Record<'maxFeePerGas' | 'maxPriorityFeePerGas', string>
  >;
  readonly networks: Record<string, unknown>;
  readonly registry_encoding: {
    readonly ids: { text: string; bytes32: Hex }[];
    readonly metadata_uri: {
      readonly uri: string;
      readonly ascii_length: number;
      readonly cli_bytes: Hex;
      readonly js_web_bytes: Hex;
    }[];
  };
  readonly token_amounts: {
    readonly token: string;
    readonly decimals: number;
    readonly amount: string;
    readonly cogs: string | null;
  }[];
  readonly contract_behaviour: {
    readonly reverts: Record<string, string>;
    readonly events: Record<string, { name: string; args: Record<string, string> }[]>;
    readonly decimals: { fet: number; agix: number };
  };
}

/** Copied from the protocol description. */
export const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../fixtures/vectors.json', import.meta.url), 'utf8'),
);

/** The reason of a revert as the vectors give it: `revert Invalid signature`. */
export function expectedRevert(name: string): string {
  const text = vectors.contract_behaviour.reverts[name];
  if (text === undefined) throw new TypeError(`no vector ${name}`);
  return text.replace(/^revert (?::: 0x)?/, '');
}
