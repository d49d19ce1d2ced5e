import { BaseError } from '@snetkit/core';
import type {
  Abi,
  AbiStateMutability,
  ContractFunctionName,
  ContractFunctionReturnType,
} from 'viem';
import { getBlockNumber } from '../blocks/get-block-number.ts';
import { type AddressedCall, describeRevert, encodeContractCall } from './contract-call.ts';
import type { ChainClient } from './create-chain-client.ts';
import { decodeResult } from './decode-result.ts';
import { decodeRevert } from './decode-revert.ts';
import { isTooMuch } from './is-too-much.ts';
import {
  decodeAggregate,
  type EncodedCall,
  encodeAggregate,
  multicallAddress,
} from './multicall.ts';
import { formatQuantity } from './quantity.ts';
import { type RequestOptions, sendRequest } from './send-request.ts';
import { type RpcOutcome, sendRequests } from './send-requests.ts';
import { splitCalls } from './split-calls.ts';
import { isBlockUnknown, whenBlockKnown } from './when-block-known.ts';

/** What became of one of several reads. */
export type ReadOutcome<result> =
  | { readonly status: 'success'; readonly result: result }
  | { readonly status: 'failure'; readonly error: BaseError };

/** What became of each call, by its type and in the same order. */
export type ReadOutcomes<calls extends readonly AddressedCall[]> = {
  readonly [index in keyof calls]: calls[index] extends {
    call: { abi: infer abi extends Abi; functionName: infer name };
  }
    ? ReadOutcome<
        ContractFunctionReturnType<
          abi,
          AbiStateMutability,
          name extends ContractFunctionName<abi> ? name : never
        >
      >
    : never;
};

/** Calls of reading functions, of one contract or of several. */
export interface ReadContractsOptions<calls extends readonly AddressedCall[]>
  extends RequestOptions {
  /** Address and call of each: `{ address: mpe, call: escrowContract.read('channels', [7n]) }`. */
  readonly calls: calls;
  /** Block whose state is read; the latest one when not given. Old ones need an archive node. */
  readonly blockNumber?: bigint | undefined;
  /** Calls in one request at most; 500 when not given. */
  readonly maxCalls?: number | undefined;
}

/** Clients of chains that have no Multicall3. */
const withoutMulticall = new WeakSet<ChainClient>();

/**
 * Calls many contract functions in few requests, all at the same block: through Multicall3 where the
 * chain has it, in JSON-RPC batches where it does not, one by one where the endpoint refuses batches.
 * A call that fails is an outcome like another; a request that is too much is cut in halves.
 *
 * @throws BaseError `RPC_...`, `ABORTED`
 *
 * @example
 * ```ts
 * const calls = ids.map((id) => ({ address: mpe, call: escrowContract.read('channels', [id]) }));
 * for (const outcome of await readContracts(client, { calls })) console.log(outcome.status);
 * ```
 */
export async function readContracts<const calls extends readonly AddressedCall[]>(
  client: ChainClient,
  { calls, blockNumber, maxCalls = 500, signal }: ReadContractsOptions<calls>,
): Promise<ReadOutcomes<calls>> {
  const outcomes: ReadOutcome<unknown>[] = [];
  const pending: Pending[] = [];
  for (const [index, target] of calls.entries()) {
    try {
      const data = encodeContractCall(target);
      pending.push({ index, target, address: target.address, data });
    } catch (error) {
      outcomes[index] = { status: 'failure', error: BaseError.from(error) };
    }
  }
  const isAlone = pending.length === 1 && blockNumber === undefined;
  // One number for all requests: between two of them there may be a new block.
  const block = isAlone
    ? 'latest'
    : formatQuantity(
        blockNumber ?? (pending.length === 0 ? 0n : await getBlockNumber(client, { signal })),
      );
  const reader = { client, block, isLatest: blockNumber === undefined, signal };
  for (const chunk of splitCalls(pending, maxCalls)) {
    const results = await readChunk(reader, chunk);
    chunk.forEach(({ index, target }, position) => {
      outcomes[index] = toOutcome(target, results[position]);
    });
  }
  return outcomes as ReadOutcomes<calls>;
}

interface Pending extends EncodedCall {
  readonly index: number;
  readonly target: AddressedCall;
}

interface Reader extends RequestOptions {
  readonly client: ChainClient;
  readonly block: string;
  readonly isLatest: boolean;
}

async function readChunk(reader: Reader, chunk: readonly Pending[]): Promise<RpcOutcome[]> {
  const { client, signal } = reader;
  if (chunk.length === 1 || withoutMulticall.has(client)) return readSingly(reader, chunk);
  let data: unknown;
  try {
    data = await whenBlockKnown(
      () => sendRequest(client, toRequest(reader, aggregate(chunk)), { signal }),
      signal,
    );
  } catch (error) {
    // Multicall3 itself never reverts here, unless it runs out of gas.
    if (!isTooMuch(error) && decodeRevert(error, []) === undefined) throw error;
    const half = Math.ceil(chunk.length / 2);
    return [
      ...(await readChunk(reader, chunk.slice(0, half))),
      ...(await readChunk(reader, chunk.slice(half))),
    ];
  }
  if (data === '0x') {
    // An old block may be from before it was deployed.
    if (reader.isLatest) withoutMulticall.add(client);
    return readSingly(reader, chunk);
  }
  const results = decodeAggregate(data, chunk.length);
  // What fails within the whole is asked again alone: it may have run out of gas, and for its reason.
  const failed = chunk.filter((_, index) => results[index]?.success === false);
  const again = failed.length === 0 ? [] : await readSingly(reader, failed);
  return chunk.map((one, index) => {
    const position = failed.indexOf(one);
    const outcome = position < 0 ? undefined : again[position];
    return outcome ?? { status: 'success', result: results[index]?.returnData };
  });
}

async function readSingly(reader: Reader, chunk: readonly Pending[]): Promise<RpcOutcome[]> {
  const { client, signal } = reader;
  const requests = chunk.map((one) => toRequest(reader, one));
  const outcomes = [...(await sendRequests(client, requests, { signal }))];
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === 'success' || !isBlockUnknown(outcome.error)) continue;
    const request = toRequest(reader, chunk[index] as Pending);
    const result = await whenBlockKnown(() => sendRequest(client, request, { signal }), signal);
    outcomes[index] = { status: 'success', result };
  }
  return outcomes;
}

function aggregate(chunk: readonly Pending[]): EncodedCall {
  return { address: multicallAddress, data: encodeAggregate(chunk) };
}

function toRequest({ block }: Reader, { address, data }: EncodedCall) {
  return { method: 'eth_call', params: [{ to: address, data }, block] };
}

function toOutcome(target: AddressedCall, outcome: RpcOutcome | undefined): ReadOutcome<unknown> {
  if (outcome?.status === 'failure') {
    return { status: 'failure', error: BaseError.from(describeRevert(outcome.error, target)) };
  }
  try {
    return { status: 'success', result: decodeResult(target, outcome?.result) };
  } catch (error) {
    return { status: 'failure', error: BaseError.from(error) };
  }
}
