/** Bytes as text: `0x` and an even number of hexadecimal digits. */
export type Hex = `0x${string}`;

/** A 20-byte account or contract address as EIP-55 checksummed text. */
export type Address = Hex;
