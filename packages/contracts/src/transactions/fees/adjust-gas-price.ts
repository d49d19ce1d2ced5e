const gwei = 10n ** 9n;

/**
 * The gas price (wei) that the official SDKs offer for a legacy transaction when the node suggests
 * `price` wei (protocol/sdk.md 6.1). It jumps down just above 15 and 50 gwei; that is part of the rule.
 */
export function adjustGasPrice(price: bigint): bigint {
  if (price <= 15n * gwei) return price + price / 3n;
  if (price <= 50n * gwei) return price + price / 5n;
  if (price <= 150n * gwei) return price + 7n * gwei;
  return price + price / 10n;
}
