/** A message in its gRPC frame. */
export function toFrame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** The whole messages in a body; frames with flags (the trailers of gRPC-web) are left out. */
export function fromFrames(bytes: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (let at = 0; at + 5 <= bytes.length; ) {
    const end = at + 5 + bytes.readUInt32BE(at + 1);
    if (end > bytes.length) break;
    if (bytes[at] === 0) messages.push(bytes.subarray(at + 5, end));
    at = end;
  }
  return messages;
}

/** `Request { string text = 1; }`, which most methods of the example service take. */
export function textRequest(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x0a, bytes.length]), bytes]);
}
