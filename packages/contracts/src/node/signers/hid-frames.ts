/** Bytes of one report on USB. */
const reportBytes = 64;

/** What Ledger devices take APDUs with. */
const tag = 0x05;

/**
 * Cuts an APDU into USB reports: channel, tag and number in front of each, the length in front of all.
 * Ledger's own packages keep this to themselves.
 */
export function toHidFrames(channel: number, apdu: Uint8Array): Buffer[] {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(apdu.length);
  const data = Buffer.concat([length, apdu]);
  const size = reportBytes - 5;
  return Array.from({ length: Math.ceil(data.length / size) }, (_, at) => {
    const frame = Buffer.alloc(reportBytes);
    frame.writeUInt16BE(channel);
    frame.writeUInt8(tag, 2);
    frame.writeUInt16BE(at, 3);
    data.copy(frame, 5, at * size, (at + 1) * size);
    return frame;
  });
}

/** Puts an answer together; `add` returns it when the last report has come. */
export function joinHidFrames(channel: number): { add(frame: Buffer): Buffer | undefined } {
  let data = Buffer.alloc(0);
  let sequence = 0;
  return {
    add(frame) {
      // Reports of another channel or number are left over from an exchange that nobody waits for.
      if (frame.length < 7 || frame.readUInt16BE() !== channel) return undefined;
      if (frame[2] !== tag || frame.readUInt16BE(3) !== sequence) return undefined;
      sequence += 1;
      data = Buffer.concat([data, frame.subarray(5)]);
      const length = data.readUInt16BE();
      return data.length >= length + 2 ? data.subarray(2, length + 2) : undefined;
    },
  };
}
