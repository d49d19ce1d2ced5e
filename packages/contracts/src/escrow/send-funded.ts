import type { AnyContractCall } from '../rpc/contract-call.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Signer } from '../signers/signer.ts';
import { inTurn } from '../transactions/in-turn.ts';
import { sendContractTransaction } from '../transactions/send-contract-transaction.ts';
import { pickTransactionOptions } from '../transactions/transaction-options.ts';
import type { DepositResult } from './deposit.ts';
import { type DepositMissingOptions, depositMissing } from './deposit-missing.ts';
import type { FundedResult } from './funded-result.ts';

/** A call that takes `amount` from the escrow balance of the signer. */
export interface SendFundedOptions extends DepositMissingOptions {
  readonly call: AnyContractCall;
}

/**
 * Calls a function of the escrow after what its balance lacks has been deposited. Inside this package
 * only.
 *
 * @throws BaseError as `sendContractTransaction`
 */
export async function sendFunded(
  client: ChainClient,
  signer: Signer,
  { mpe, token, amount, call, ...options }: SendFundedOptions,
): Promise<FundedResult> {
  const common = pickTransactionOptions(options);
  let deposit: DepositResult | undefined;
  const send = () =>
    sendContractTransaction(client, signer, {
      ...{ address: mpe, call, ...common },
      async prepare() {
        deposit = await depositMissing(client, signer, { mpe, token, amount, ...common });
      },
    });
  // Without a deposit nothing is counted on, so that nobody has to wait for others.
  const name = `balance of ${signer.address} in ${mpe}`;
  const result = token ? await inTurn(client, { name, ...common }, send) : await send();
  return { ...result, deposit };
}
