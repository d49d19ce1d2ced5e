import { readFileSync } from 'node:fs';

/** The parts of the protocol's vectors that concern this room. */
export interface Vectors {
  readonly cids: {
    readonly cases: readonly {
      readonly label: string;
      readonly length: number;
      readonly sha256: string;
      readonly cid_v0_dag_pb: string;
      readonly cid_v1_raw_leaves: string;
      readonly blocks_v0: number;
      readonly content_hex?: `0x${string}`;
      readonly root_block_hex?: `0x${string}`;
      readonly text?: string;
    }[];
    readonly asset_wrapped_in_directory: {
      readonly file: string;
      readonly content_utf8: string;
      readonly entries: readonly { readonly path: string; readonly cid: string }[];
      readonly asset_value: string;
    };
    readonly cid_conversions: readonly {
      readonly cid: string;
      readonly version: number;
      readonly codec: number;
      readonly multihash_hex: `0x${string}`;
      readonly as_v1_base32: string;
    }[];
  };
  readonly proto_archives: {
    readonly cases: readonly {
      readonly name: string;
      readonly expect: { readonly files?: readonly string[]; readonly error?: string };
      readonly gzip_base64: string;
      readonly tar_length: number;
      readonly tar_sha256: string;
      readonly cid_v0_of_tar: string;
    }[];
  };
  readonly metadata_validation: {
    readonly service_base: object;
    readonly service: readonly ValidationCase[];
    readonly org_base: object;
    readonly org: readonly ValidationCase[];
  };
  readonly group_ids: readonly {
    readonly base64: string;
    readonly bytes32: `0x${string}`;
    readonly length: number;
  }[];
  readonly method_price_keys: readonly {
    readonly package_name: string;
    readonly service_name: string;
    readonly method_name: string;
    readonly full_method: string;
  }[];
  readonly registry_encoding: {
    readonly metadata_uri: readonly {
      readonly uri: string;
      readonly decoded: string;
      readonly storage: 'ipfs' | 'filecoin';
    }[];
  };
  readonly js_precision: { readonly amount: string; readonly exact_hex: string };
}

/** One change to a base document, or two, and what official tools say to the result. */
export interface ValidationCase {
  readonly change: Change | null;
  readonly cli_schema_valid: boolean;
  readonly daemon_loads: boolean;
  readonly daemon_note?: string;
}

/** A value at a JSON pointer, or its removal. */
export interface Change {
  readonly path: string;
  readonly value?: unknown;
  readonly remove?: boolean;
  readonly and?: Change;
}

const file = new URL('../fixtures/vectors.json', import.meta.url);

export const vectors: Vectors = JSON.parse(readFileSync(file, 'utf8'));

/** The bytes of a CID case: written out, or repeated `a` as its label says. */
export function caseContent({ content_hex, text, length }: Vectors['cids']['cases'][number]) {
  if (text !== undefined) return new TextEncoder().encode(text);
  if (content_hex !== undefined) return new Uint8Array(Buffer.from(content_hex.slice(2), 'hex'));
  return new Uint8Array(length).fill(0x61);
}
