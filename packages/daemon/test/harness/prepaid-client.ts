import type { OutgoingHttpHeaders } from 'node:http2';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { createChainClient, getBlockNumber, type Signer } from '@snetkit/contracts';
import { packClaimMessage, packGetTokenMessage } from '@snetkit/core';
import { type TokenReply, TokenReplySchema, TokenRequestSchema } from '@snetkit/protos/token';
import type { GrpcAnswer } from './grpc-call.ts';
import type { PaidNetwork } from './paid-network.ts';

/** A secret that nobody knows. */
export const tokenSecret = 'only the tests of this house know this one';

/** What a request for a token says, before it is signed; left out: what is right. */
export interface TokenParts {
  readonly channelId: bigint;
  readonly amount: bigint;
  readonly nonce?: bigint;
  /** Signs the claim. */
  readonly signer?: Signer;
  /** Asks for the token. */
  readonly asker?: Signer;
  readonly block?: bigint;
  readonly claimSignature?: Uint8Array;
  readonly signature?: Uint8Array;
}

/** Buys prepaid calls by hand. */
export interface PrepaidClient {
  /** The raw answer of GetToken. */
  ask(parts: TokenParts): Promise<GrpcAnswer>;
  /** A reply that must be one. */
  getToken(parts: TokenParts): Promise<TokenReply>;
  /** `code text` of a request that must be refused. */
  refusalOf(parts: TokenParts): Promise<string>;
}

const path = '/escrow.TokenService/GetToken';

/** A client of TokenService on a running network. */
export function createPrepaidClient(network: PaidNetwork): PrepaidClient {
  const { devnet, client } = network;
  const { mpe } = devnet.contracts;
  const chain = createChainClient({ rpcUrl: devnet.rpcUrl });

  async function ask(parts: TokenParts): Promise<GrpcAnswer> {
    const { channelId, amount, nonce = 0n, signer = client, asker = client } = parts;
    const block = parts.block ?? (await getBlockNumber(chain));
    const claim = packClaimMessage({ mpe, channelId, nonce, amount });
    const claimSignature = parts.claimSignature ?? (await signer.signMessage(claim));
    const request = create(TokenRequestSchema, {
      channelId,
      currentNonce: nonce,
      signedAmount: amount,
      currentBlock: block,
      claimSignature,
      signature:
        parts.signature ??
        (await asker.signMessage(packGetTokenMessage({ claimSignature, block }))),
    });
    return network.call(path, {}, toBinary(TokenRequestSchema, request));
  }

  return {
    ask,
    async getToken(parts) {
      const { status, message, messages } = await ask(parts);
      const [first] = messages;
      if (status !== 0 || first === undefined) throw new Error(`${status} ${message}`);
      return fromBinary(TokenReplySchema, first);
    },
    async refusalOf(parts) {
      const { status, message } = await ask(parts);
      return `${status} ${message}`;
    },
  };
}

/** Headers of a prepaid call, as they stand on the wire. */
export function prepaidHeaders(channelId: bigint, token: string): OutgoingHttpHeaders {
  return {
    'snet-payment-type': 'prepaid-call',
    'snet-payment-channel-id': `${channelId}`,
    // Official clients send it; nobody reads it.
    'snet-payment-channel-nonce': '0',
    'snet-prepaid-auth-token-bin': Buffer.from(token).toString('base64').replace(/=+$/, ''),
  };
}
