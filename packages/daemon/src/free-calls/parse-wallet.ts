/**
 * The wallet that an address text means, as `0x` and lower-case digits: with or without `0x`, in any
 * case, whatever its checksum. `undefined` for any other text.
 *
 * The text itself stays what is signed (daemon.md, appendix B); this is who it belongs to.
 */
export function parseWallet(text: string): string | undefined {
  const [, digits] = /^(?:0[xX])?([0-9a-fA-F]{40})$/.exec(text) ?? [];
  return digits === undefined ? undefined : `0x${digits.toLowerCase()}`;
}
