/** `MultiPartyEscrow` to `multi-party-escrow`. */
export function toKebabCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]|(?<=.)[A-Z](?=[a-z])/g, '-$&').toLowerCase();
}

/** `MultiPartyEscrow` to `multiPartyEscrow`, `ERC20Token` to `erc20Token`. */
export function toCamelCase(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z]|\d|$)|^[A-Z]/, (start) => start.toLowerCase());
}
