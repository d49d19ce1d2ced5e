// Regular expressions of JSON Schema: no flags, and the same in every language.

/** An address as Go reads it: any letter case, with or without `0x`. */
export const addressPattern = '^(0[xX])?[0-9a-fA-F]{40}$';

/** The same, or nothing. */
export const optionalAddressPattern = '^((0[xX])?[0-9a-fA-F]{40})?$';

/** The address that nobody has the key of. */
export const zeroAddressPattern = '^(0[xX])?0{40}$';

/** 32 bytes in padded standard base64; the last letter has two bits that must be zero. */
export const groupIdPattern = '^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$';

/** Whatever standard base64 with padding can be decoded. */
export const base64Pattern = '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$';

const host = '(\\[[0-9a-fA-F:.]+\\]|[^\\s/?#:@\\[\\]]+)';
const port =
  '(:(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[0-9]{1,4}))?';

/** An endpoint: scheme http or https, a host, perhaps a port and a path. */
export const endpointPattern = `^[hH][tT][tT][pP][sS]?://${host}${port}([/?#]\\S*)?$`;

/** An endpoint with TLS. */
export const secureEndpointPattern = '^[hH][tT][tT][pP][sS]:';

/** The URL check of the official CLI (protocol/metadata.md 4.2), which refuses hosts without a dot. */
export const officialUrlPattern = [
  '^([hH][tT][tT][pP]|[fF][tT][pP])[sS]?://',
  '(([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+([A-Za-z]{2,6}\\.?|[A-Za-z0-9-]{2,}\\.?)',
  '|[lL][oO][cC][aA][lL][hH][oO][sS][tT]',
  '|[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}',
  '|\\[?[A-Fa-f0-9]*:[A-Fa-f0-9:]+\\]?)',
  '(:[0-9]+)?(/?|[/?]\\S+)$',
].join('');

/** A duration that Go can read. */
export const durationPattern = '^[+-]?(0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$';

/** The durations that the official CLI allows. */
export const officialDurationPattern = '^[0-9]{1,3}(s|ms)$';
