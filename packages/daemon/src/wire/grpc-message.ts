// A field of HTTP/2 must not begin or end with a space: receivers drop it.
const plain = /^(?! )[\x20-\x24\x26-\x7e]*(?<! )$/;
const encoded = /%[0-9a-fA-F]{2}/;

/** Percent-encodes a status text for the `grpc-message` field (gRPC over HTTP/2, "Status-Message"). */
export function encodeGrpcMessage(text: string): string {
  if (plain.test(text)) return text;
  let result = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const isPlain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    result += isPlain
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return result.replace(/^ | $/g, '%20');
}

/** Reads a `grpc-message` field. What is not valid percent-encoding stays as it is. */
export function decodeGrpcMessage(field: string): string {
  if (!encoded.test(field)) return field;
  const source = Buffer.from(field, 'utf8');
  const bytes: number[] = [];
  for (let at = 0; at < source.length; at++) {
    const pair = source.toString('latin1', at + 1, at + 3);
    const isEncoded = source[at] === 0x25 && /^[0-9a-fA-F]{2}$/.test(pair);
    bytes.push(isEncoded ? Number.parseInt(pair, 16) : (source[at] as number));
    if (isEncoded) at += 2;
  }
  return Buffer.from(bytes).toString('utf8');
}
