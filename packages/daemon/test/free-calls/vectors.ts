import { readFileSync } from 'node:fs';
import { type Hex, hexToBytes, keccak256, portableRecovery } from '@snetkit/core';
import type { FreeCallRequest, RequestCheckOptions } from '../../src/free-calls/check-request.ts';
import { createTokenMemory } from '../../src/free-calls/token-memory.ts';

interface Vectors {
  readonly keys: Readonly<Record<string, { readonly privateKey: Hex; readonly address: Hex }>>;
  readonly signatures: readonly {
    readonly name: string;
    readonly inputs: Readonly<Record<string, string>>;
    readonly signatureGo_v0_1: Hex;
    readonly signatureWeb3_v27_28: Hex;
    readonly token?: Hex;
  }[];
  readonly protobuf: readonly {
    readonly message: string;
    readonly encoded: Hex;
    readonly fields: Readonly<Record<string, unknown>>;
  }[];
}

/** The part of the protocol's vectors that is about free calls. */
export const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../fixtures/free-calls.json', import.meta.url), 'utf8'),
);

/** A vector by its name. */
export function vector(name: string): Vectors['signatures'][number] {
  const found = vectors.signatures.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no vector ${name}`);
  return found;
}

/** What the vectors are bound to, at their block 99. */
export function vectorOptions(
  change: Partial<RequestCheckOptions> = {},
): RequestCheckOptions & { recoveries: number } {
  return {
    terms: {
      organizationId: 'YOUR_ORG_ID',
      serviceId: 'YOUR_SERVICE_ID',
      groupName: 'default_group',
      groupId: '99ybRIg2wAx55mqVsA6sB4S7WxPQHNKqa4BPu/bhj+U=',
      signer: '0xF627CE8635cdC34b2f619FDDb4E4b61308D6BD68',
    },
    clock: { current: () => 99n },
    recovery: portableRecovery,
    keccak: keccak256,
    tokens: createTokenMemory(),
    isAllowedUser: () => true,
    recoveries: 0,
    ...change,
  };
}

/** The request of a vector. */
export function requestOf(name: string): FreeCallRequest & { token: Uint8Array } {
  const { inputs, signatureWeb3_v27_28: signature } = vector(name);
  return {
    address: inputs['address'] ?? '',
    userId: inputs['user_id'] ?? '',
    block: BigInt(inputs['currentBlock'] ?? 0),
    signature: hexToBytes(signature),
    token: hexToBytes(inputs['token'] ?? '0x'),
  };
}
