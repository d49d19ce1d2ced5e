// The protocol's test vectors, as far as they concern this package.
import { readFileSync } from 'node:fs';
import type { Address, Hex } from '../src/types.ts';

export interface SignatureVector {
  readonly name: string;
  readonly key: string;
  readonly signer: Address;
  readonly inputs: Readonly<Record<string, string | readonly string[]>>;
  readonly message: Hex;
  readonly innerKeccak: Hex;
  readonly signHash: Hex;
  readonly recoveryId: number;
  readonly signatureGo_v0_1: Hex;
  readonly signatureWeb3_v27_28: Hex;
  readonly token?: Hex;
  readonly token_hex_field?: string;
}

export interface PackedVector {
  readonly name: string;
  readonly types: readonly string[];
  readonly values: readonly string[];
  readonly signer: string;
  readonly packed: Hex;
  readonly keccak256: Hex;
  readonly eip191_hash: Hex;
  readonly signature: Hex;
  readonly signature_v01: Hex;
}

interface DaemonVectors {
  readonly keys: Readonly<Record<string, { readonly privateKey: Hex; readonly address: Address }>>;
  readonly signatures: readonly SignatureVector[];
  readonly fixedSignatureFromGoTests: {
    readonly message: Hex;
    readonly signHash: Hex;
    readonly cases: readonly {
      readonly signature: Hex;
      readonly expect: string;
      readonly recoveredSigner?: Address;
    }[];
  };
  readonly vNormalisation: {
    readonly table: readonly {
      readonly v: number;
      readonly recoveryIdPassedToEcrecover: number;
      readonly usable: string;
    }[];
  };
  readonly daemonId: {
    readonly matchesGoTests: readonly Readonly<
      Record<'organization_id' | 'service_id' | 'group_id' | 'registry_address' | 'sha256', string>
    >[];
  };
  readonly bigIntHeaderParsing: readonly { readonly header: string; readonly value: string }[];
  readonly metadataExamples: Readonly<
    Record<'escrow' | 'freeCall' | 'prepaid' | 'train', Readonly<Record<string, string>>>
  >;
  readonly addressChecksum: { readonly input: string; readonly output: Address };
  readonly metadataUriCleanup: readonly { readonly input: string; readonly output: string }[];
  readonly freeCallTokenParse: readonly { readonly token_ascii_tail: string }[];
}

type HeaderVector = Readonly<
  Record<string, string | { readonly hex?: Hex; readonly base64?: string; readonly utf8?: string }>
>;

interface SdkVectors {
  readonly accounts: {
    readonly keys: Readonly<
      Record<string, { readonly private_key: Hex; readonly address: Address }>
    >;
  };
  readonly signed_messages: {
    readonly mpe_address: Address;
    readonly org_id: string;
    readonly service_id: string;
    readonly group_id: string;
    readonly group_name: string;
    readonly claim: readonly PackedVector[];
    readonly get_channel_state: readonly PackedVector[];
    readonly prepaid_token_request: readonly {
      readonly channel_id: number;
      readonly nonce: number;
      readonly signed_amount: number;
      readonly current_block: number;
      readonly claim: PackedVector;
      readonly outer: PackedVector;
    }[];
    readonly free_call: {
      readonly user_address: Address;
      readonly current_block: number;
      readonly token_expiration_block: number;
      readonly get_token: readonly PackedVector[];
      readonly daemon_issued_token: {
        readonly signer: string;
        readonly packed: Hex;
        readonly keccak256: Hex;
        readonly token_hex: Hex;
      };
      readonly call: readonly PackedVector[];
    };
    readonly training_auth: readonly PackedVector[];
    readonly provider_control: readonly PackedVector[];
    readonly open_channel_by_third_party: readonly PackedVector[];
    readonly golden_from_daemon_tests: readonly (PackedVector & {
      readonly expected_recovered: Address;
    })[];
  };
  readonly request_headers: Readonly<
    Record<'escrow' | 'prepaid-call' | 'free-call' | 'train-call', HeaderVector>
  >;
  readonly uint256_bytes: {
    readonly cases: readonly {
      readonly value: string;
      readonly padded32: Hex;
      readonly minimal: Hex;
    }[];
    readonly empty_bytes_means: number;
  };
  readonly registry_encoding: {
    readonly js_web_id_bug: { readonly id: string; readonly correct_bytes32: Hex };
    readonly ids: readonly { readonly text: string; readonly bytes32: Hex }[];
    readonly metadata_uri: readonly {
      readonly uri: string;
      readonly cli_bytes: Hex;
      readonly js_web_bytes: Hex;
      readonly decoded: string;
      readonly storage: 'ipfs' | 'filecoin';
    }[];
  };
  readonly group_ids: readonly { readonly base64: string; readonly bytes32: Hex }[];
  readonly token_amounts: readonly {
    readonly token: string;
    readonly decimals: number;
    readonly amount: string;
    readonly cogs: string | null;
  }[];
  readonly networks: Readonly<
    Record<
      'MultiPartyEscrow' | 'Registry',
      Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Deployment>>>>>>
    > &
      Record<'FetchToken' | 'SingularityNetToken', Readonly<Record<string, Deployment>>>
  >;
  readonly js_precision: { readonly amount: string; readonly exact_hex: Hex };
}

export interface Deployment {
  readonly address: Address;
  readonly transactionHash: Hex;
}

export const daemonVectors: DaemonVectors = read('vectors-daemon.json');
export const sdkVectors: SdkVectors = read('vectors-sdk.json');

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')) as T;
}
