/** What a transaction offers for each unit of gas, in wei. */
export type Fees =
  | {
      readonly type: 'eip1559';
      readonly maxFeePerGas: bigint;
      readonly maxPriorityFeePerGas: bigint;
    }
  | { readonly type: 'legacy'; readonly gasPrice: bigint };

/** Most that a transaction pays for each unit of gas, in wei. */
export function getFeeCap(fees: Fees): bigint {
  return fees.type === 'eip1559' ? fees.maxFeePerGas : fees.gasPrice;
}
