const wellFormed = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Decodes the base64 text of gRPC-web as it arrives. Senders may pad in the middle, after each piece
 * that they encoded on its own.
 */
export class Base64Chunks {
  /** Characters that are no whole group of four yet. */
  #rest = '';

  /** Whether all that was pushed is decoded. */
  get isWhole(): boolean {
    return this.#rest === '';
  }

  /**
   * Takes the next characters.
   * @returns their bytes, of which there may be none yet; undefined when this is no base64
   */
  push(chunk: Uint8Array): Buffer | undefined {
    const text =
      this.#rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
    const end = text.length - (text.length % 4);
    this.#rest = text.slice(end);
    const pieces: Buffer[] = [];
    for (let at = 0; at < end; ) {
      const padding = text.indexOf('=', at);
      // Padding ends the group that it stands in.
      const to = padding === -1 || padding >= end ? end : padding - (padding % 4) + 4;
      const piece = text.slice(at, to);
      if (!wellFormed.test(piece)) return undefined;
      pieces.push(Buffer.from(piece, 'base64'));
      at = to;
    }
    return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
  }
}
