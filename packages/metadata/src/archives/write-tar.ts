import { concatBytes, utf8ToBytes } from '@snetkit/core';
import { tarBlockBytes } from './tar-entry.ts';
import { sum } from './tar-header.ts';

/**
 * Writes files as a ustar archive that depends on nothing but their names and bytes: owner, group
 * and times are zero, the mode is 644, the order is that of the map. Names that do not fit into a
 * header get a pax record.
 */
export function writeTar(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [name, data] of files) parts.push(...writeEntry(name, data));
  return concatBytes(...parts, new Uint8Array(2 * tarBlockBytes));
}

function writeEntry(name: string, data: Uint8Array): Uint8Array[] {
  const split = splitName(utf8ToBytes(name));
  const own = split ?? { prefix: new Uint8Array(), name: utf8ToBytes('long-name.proto') };
  const file = [writeHeader(own.name, own.prefix, data.length, '0'), data, padding(data)];
  if (split !== undefined) return file;
  const record = paxRecord('path', name);
  const header = writeHeader(utf8ToBytes('pax-header'), new Uint8Array(), record.length, 'x');
  return [header, record, padding(record), ...file];
}

// A ustar header holds 100 bytes of name and, cut off at a slash, 155 bytes of directories.
function splitName(name: Uint8Array) {
  if (name.length <= 100) return { prefix: new Uint8Array(), name };
  const slash = name.indexOf(0x2f, name.length - 101);
  if (slash < 1 || slash > 155) return undefined;
  return { prefix: name.subarray(0, slash), name: name.subarray(slash + 1) };
}

function writeHeader(name: Uint8Array, prefix: Uint8Array, size: number, flag: string): Uint8Array {
  const block = new Uint8Array(tarBlockBytes);
  const put = (offset: number, text: string) => block.set(utf8ToBytes(text), offset);
  block.set(name, 0);
  put(100, '000644 \0');
  put(108, '000000 \0');
  put(116, '000000 \0');
  put(124, `${octal(size, 11)} `);
  put(136, `${octal(0, 11)} `);
  put(156, flag);
  put(257, 'ustar\x0000');
  put(329, '000000 \0');
  put(337, '000000 \0');
  block.set(prefix, 345);
  put(148, `${octal(sum(block), 6)} \0`);
  return block;
}

// The length of a record counts its own digits.
function paxRecord(key: string, value: string): Uint8Array {
  const rest = utf8ToBytes(` ${key}=${value}\n`);
  let length = rest.length;
  while (String(length).length + rest.length > length) length++;
  return concatBytes(utf8ToBytes(String(length)), rest);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function padding(data: Uint8Array): Uint8Array {
  return new Uint8Array(-data.length & (tarBlockBytes - 1));
}
