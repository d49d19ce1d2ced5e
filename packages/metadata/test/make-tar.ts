/** An entry of a tar archive as an attacker, or an old tool, would write it. */
export interface RawEntry {
  readonly name: string | Uint8Array;
  readonly flag?: string;
  readonly data?: string | Uint8Array;
  /** Announced size; that of the data unless given. */
  readonly size?: number;
  readonly prefix?: string;
  readonly linkname?: string;
  /** `ustar\0` + `00` unless given. */
  readonly magic?: string;
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Writes tar entries without any check, and the end marker unless told otherwise. */
export function makeTar(entries: readonly RawEntry[], options: { end?: boolean } = {}): Uint8Array {
  const { end = true } = options;
  const parts = entries.flatMap((entry) => {
    const {
      name,
      flag = '0',
      data = '',
      prefix = '',
      linkname = '',
      magic = 'ustar\x0000',
    } = entry;
    const bytes = Buffer.from(data);
    const size = entry.size ?? bytes.length;
    const header = Buffer.alloc(512);
    Buffer.from(name).copy(header, 0, 0, 100);
    latin1('0000644\x000000000\x000000000\x00').copy(header, 100);
    latin1(`${size.toString(8).padStart(11, '0')}\x00${'0'.repeat(11)}\x00`).copy(header, 124);
    latin1(flag).copy(header, 156);
    latin1(linkname).copy(header, 157);
    latin1(magic).copy(header, 257);
    Buffer.from(prefix).copy(header, 345);
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    latin1(`${sum.toString(8).padStart(6, '0')}\x00 `).copy(header, 148);
    return [header, bytes, Buffer.alloc(-bytes.length & 511)];
  });
  return new Uint8Array(Buffer.concat([...parts, Buffer.alloc(end ? 1024 : 0)]));
}

/** A pax record with its length in front. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const digits = (length: number) => String(length).length + Buffer.byteLength(rest);
  return `${digits(digits(Buffer.byteLength(rest)))}${rest}`;
}
