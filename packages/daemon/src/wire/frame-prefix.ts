/** The five bytes in front of a message that is not compressed (gRPC over HTTP/2, "Length-Prefixed-Message"). */
export function encodeFramePrefix(messageBytes: number): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(messageBytes, 1);
  return prefix;
}
