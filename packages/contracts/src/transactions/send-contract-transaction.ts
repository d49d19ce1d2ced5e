import { BaseError, bytesToHex, type Hex, hexToBytes, keccak256 } from '@snetkit/core';
import { getChainId } from '../blocks/get-chain-id.ts';
import { type AddressedCall, describeRevert, encodeCall, nameCall } from '../rpc/contract-call.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import { getEndpointName } from '../rpc/endpoint-name.ts';
import { formatQuantity, parseQuantity } from '../rpc/quantity.ts';
import { sendRequest } from '../rpc/send-request.ts';
import type { Signer, UnsignedTransaction } from '../signers/signer.ts';
import { withAccountQueue } from './account-queue.ts';
import { broadcast } from './broadcast.ts';
import { chooseNonce } from './choose-nonce.ts';
import { estimateGas } from './estimate-gas.ts';
import { getFees } from './get-fees.ts';
import type { TransactionReceipt } from './receipt.ts';
import type { TransactionOptions, TransactionResult } from './transaction-options.ts';
import { waitForReceipt } from './wait-for-receipt.ts';

/** A call that changes something. */
export interface SendContractTransactionOptions extends TransactionOptions, AddressedCall {}

/** How often a nonce that somebody else took in between is replaced. */
const nonceAttempts = 3;

/**
 * Calls a contract function in a transaction: simulates it first (so that what would revert is not
 * sent), signs, sends, waits until it is mined and checks that it succeeded. Several transactions of
 * one account may be sent at the same time; each gets a nonce of its own.
 *
 * @throws BaseError `CONTRACT_REVERTED`, `CONTRACT_ARGUMENT_INVALID`, `TRANSACTION_FAILED`,
 * `TRANSACTION_REJECTED`, `TRANSACTION_OUTCOME_UNKNOWN`, `TRANSACTION_TIMED_OUT`, `RPC_...`, `ABORTED`
 */
export async function sendContractTransaction(
  client: ChainClient,
  signer: Signer,
  options: SendContractTransactionOptions,
): Promise<TransactionResult> {
  const { address, call, fees: kind, timeoutMs, onSent, signal } = options;
  const target = { address, call };
  const data = encodeCall(target);
  const from = signer.address;
  await simulate(client, { target, data, from, block: 'latest', signal });
  const [chainId, fees, gas] = await Promise.all([
    getChainId(client, { signal }),
    getFees(client, { kind, signal }),
    estimateGas(client, { target, data, from, signal }),
  ]);
  const draft = { chainId, to: address, value: 0n, data, gas, ...fees };

  const key = `${getEndpointName(client)} ${chainId} ${from.toLowerCase()}`;
  const { hash, receipt } = await withAccountQueue(key, async ({ run, inFlight }) => {
    const sent = await run(() => send(client, signer, { draft, inFlight, signal }));
    try {
      onSent?.(sent.hash);
      return { ...sent, receipt: await waitForReceipt(client, { ...sent, timeoutMs, signal }) };
    } finally {
      inFlight.delete(sent.nonce);
    }
  });
  if (receipt.status === 'success') return { hash, receipt };
  throw await describeFailure(client, { target, data, from, gas, receipt, signal });
}

type Draft = UnsignedTransaction extends infer transaction
  ? transaction extends UnsignedTransaction
    ? Omit<transaction, 'nonce'>
    : never
  : never;

async function send(
  client: ChainClient,
  signer: Signer,
  options: { draft: Draft; inFlight: Set<number>; signal: AbortSignal | undefined },
): Promise<{ hash: Hex; nonce: number }> {
  const { draft, inFlight, signal } = options;
  for (let attempt = 1; ; attempt++) {
    const params = [signer.address, 'pending'];
    const count = await sendRequest(
      client,
      { method: 'eth_getTransactionCount', params },
      { signal },
    );
    const pending = Number(parseQuantity(count, 'eth_getTransactionCount'));
    const nonce = chooseNonce(pending, inFlight);
    const raw = await signer.signTransaction({ ...draft, nonce });
    const hash = bytesToHex(keccak256(hexToBytes(raw)));
    if (await broadcast(client, { raw, hash, signal })) {
      inFlight.add(nonce);
      return { hash, nonce };
    }
    if (attempt === nonceAttempts) {
      const message = 'The transaction was rejected: other transactions took its nonce.';
      throw new BaseError('TRANSACTION_REJECTED', message, {
        found: `nonce ${nonce} of ${signer.address}`,
        hint: 'do not send transactions of this account from several programs at once',
      });
    }
  }
}

interface SimulateOptions {
  readonly target: AddressedCall;
  readonly data: Hex;
  readonly from: Hex;
  readonly block: string;
  readonly signal: AbortSignal | undefined;
}

async function simulate(client: ChainClient, options: SimulateOptions): Promise<void> {
  const { target, data, from, block, signal } = options;
  const params = [{ from, to: target.address, data }, block];
  let result: unknown;
  try {
    result = await sendRequest(client, { method: 'eth_call', params }, { signal });
  } catch (error) {
    throw describeRevert(error, target);
  }
  // Without code at the address everything succeeds, and returns nothing.
  if (result !== '0x' || !returnsSomething(target)) return;
  const message = `There is no ${target.call.contractName} contract at the address.`;
  throw new BaseError('CONTRACT_MISSING', message, { place: nameCall(target) });
}

function returnsSomething({ call: { abi, functionName } }: AddressedCall): boolean {
  return abi.some(
    (item) => item.type === 'function' && item.name === functionName && item.outputs.length > 0,
  );
}

/** Why a mined transaction failed: what the same call says at the block before. */
async function describeFailure(
  client: ChainClient,
  options: Omit<SimulateOptions, 'block'> & { gas: bigint; receipt: TransactionReceipt },
): Promise<BaseError> {
  const { target, gas, receipt } = options;
  const block = formatQuantity(receipt.blockNumber);
  const cause = await simulate(client, { ...options, block }).catch((error: unknown) => error);
  const { contractName, functionName } = target.call;
  const reason =
    cause instanceof BaseError && cause.code === 'CONTRACT_REVERTED' ? cause : undefined;
  return new BaseError(
    'TRANSACTION_FAILED',
    `${contractName}.${functionName} failed on the chain.`,
    {
      place: nameCall(target),
      found:
        reason?.shortMessage ??
        (receipt.gasUsed === gas ? 'all gas was used up' : 'no reason given'),
      hint: reason?.hint ?? `look at transaction ${receipt.transactionHash}`,
      cause: reason,
    },
  );
}
