import type { OutgoingHttpHeaders } from 'node:http2';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { createChainClient, getBlockNumber, type Signer } from '@snetkit/contracts';
import {
  bytesToBase64,
  encodeFreeCallHeaders,
  packFreeCallMessage,
  packFreeCallTokenRequest,
} from '@snetkit/core';
import {
  FreeCallStateReplySchema,
  FreeCallStateRequestSchema,
  type FreeCallToken,
  FreeCallTokenSchema,
  GetFreeCallTokenRequestSchema,
} from '@snetkit/protos/state';
import type { GrpcAnswer } from './grpc-call.ts';
import type { PaidNetwork } from './paid-network.ts';

/** What a request says, before it is signed; left out: what is right. */
export interface FreeCallParts {
  /** Spelling of the address; the signer's own unless given. */
  readonly address?: string;
  readonly userId?: string;
  readonly block?: bigint;
  /** Put in place of the right one. */
  readonly signature?: Uint8Array;
  readonly serviceId?: string;
}

/** A wallet that calls for free, by hand. */
export interface FreeCaller {
  /** Asks for a token; the answer as it comes. */
  askToken(parts?: FreeCallParts & { lifetime?: bigint }): Promise<GrpcAnswer>;
  /** A good token. */
  getToken(parts?: FreeCallParts & { lifetime?: bigint }): Promise<FreeCallToken>;
  /** Signed headers of a free call. */
  pay(token: Uint8Array, parts?: FreeCallParts): Promise<OutgoingHttpHeaders>;
  /** Asks how many calls are left; the answer as it comes. */
  askAvailable(token: Uint8Array, parts?: FreeCallParts): Promise<GrpcAnswer>;
  getAvailable(token: Uint8Array, parts?: FreeCallParts): Promise<bigint>;
}

const service = '/escrow.FreeCallStateService';

/** A wallet that calls the network's daemon, or the one at `endpoint`. */
export function createFreeCaller(
  { devnet, call }: Pick<PaidNetwork, 'devnet' | 'call'>,
  signer: Signer,
): FreeCaller {
  const chain = createChainClient({ rpcUrl: devnet.rpcUrl });
  const { organizationId, groupId } = devnet;

  async function fill(parts: FreeCallParts) {
    const { address = signer.address, userId, serviceId = devnet.serviceId } = parts;
    const block = parts.block ?? (await getBlockNumber(chain));
    return { address, userId, organizationId, serviceId, groupId, block };
  }

  async function fillWithToken(token: Uint8Array, parts: FreeCallParts) {
    const fields = { ...(await fill(parts)), token };
    const signature = parts.signature ?? (await signer.signMessage(packFreeCallMessage(fields)));
    return { ...fields, signature };
  }

  const caller: FreeCaller = {
    async askToken({ lifetime, ...parts } = {}) {
      const fields = await fill(parts);
      const signature =
        parts.signature ?? (await signer.signMessage(packFreeCallTokenRequest(fields)));
      const request = create(GetFreeCallTokenRequestSchema, {
        address: fields.address,
        signature,
        currentBlock: fields.block,
        ...(fields.userId !== undefined && { userId: fields.userId }),
        ...(lifetime !== undefined && { tokenLifetimeInBlocks: lifetime }),
      });
      const body = toBinary(GetFreeCallTokenRequestSchema, request);
      return call(`${service}/GetFreeCallToken`, {}, body);
    },
    async getToken(parts) {
      return fromBinary(FreeCallTokenSchema, messageOf(await caller.askToken(parts)));
    },
    async pay(token, parts = {}) {
      const entries = encodeFreeCallHeaders(await fillWithToken(token, parts));
      return Object.fromEntries(
        entries.map(([name, value]) => [
          name,
          typeof value === 'string' ? value : bytesToBase64(value).replace(/=+$/, ''),
        ]),
      );
    },
    async askAvailable(token, parts = {}) {
      const fields = await fillWithToken(token, parts);
      const request = create(FreeCallStateRequestSchema, {
        address: fields.address,
        freeCallToken: token,
        signature: fields.signature,
        currentBlock: fields.block,
        ...(fields.userId !== undefined && { userId: fields.userId }),
      });
      const body = toBinary(FreeCallStateRequestSchema, request);
      return call(`${service}/GetFreeCallsAvailable`, {}, body);
    },
    async getAvailable(token, parts) {
      const answer = await caller.askAvailable(token, parts);
      return fromBinary(FreeCallStateReplySchema, messageOf(answer)).freeCallsAvailable;
    },
  };
  return caller;
}

function messageOf({ status, message, messages: [first] }: GrpcAnswer): Uint8Array {
  if (status !== 0 || first === undefined) throw new Error(`${status} ${message}`);
  return first;
}
