import { invalidProto, quote } from '../invalid-proto.ts';
import type { SourceFile } from './source-file.ts';
import type { Token } from './tokenizer.ts';

const simpleEscapes: Readonly<Record<string, number>> = {
  a: 0x07,
  b: 0x08,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
  '\\': 0x5c,
  "'": 0x27,
  '"': 0x22,
  '?': 0x3f,
};

// Plain text, or one escape: octal, hexadecimal, short or long unicode, or a single character.
const piecePattern =
  /[^\\]+|\\(?:([0-7]{1,3})|[xX]([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.)|)/gsu;

const encoder = new TextEncoder();

/** The bytes that a string token stands for; escapes may name bytes that are not UTF-8. */
export function readStringLiteral(source: SourceFile, token: Token): Uint8Array {
  const inner = token.text.slice(1, -1);
  if (!inner.includes('\\')) return encoder.encode(inner);
  // No escape is shorter than what it stands for, and no UTF-16 unit needs more than three bytes.
  const bytes = new Uint8Array(inner.length * 3);
  let length = 0;
  const addText = (text: string) => {
    length += encoder.encodeInto(text, bytes.subarray(length)).written;
  };
  for (const match of inner.matchAll(piecePattern)) {
    const [piece, octal, hex, short, long, simple = ''] = match;
    const code = Number.parseInt(octal ?? hex ?? short ?? long ?? '', octal === undefined ? 16 : 8);
    const byte = (octal ?? hex) === undefined ? simpleEscapes[simple] : code;
    if (!piece.startsWith('\\')) addText(piece);
    else if ((short ?? long) !== undefined && isScalarValue(code)) {
      addText(String.fromCodePoint(code));
    } else if (byte !== undefined && byte <= 0xff) bytes[length++] = byte;
    else throw invalidEscape(source, token.offset + 1 + match.index, piece);
  }
  return bytes.slice(0, length);
}

function isScalarValue(code: number): boolean {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

function invalidEscape(source: SourceFile, offset: number, piece: string) {
  return invalidProto('An escape in a string has no meaning.', {
    source,
    offset,
    expected:
      'one of \\a \\b \\f \\n \\r \\t \\v \\\\ \\\' \\" \\? \\xHH \\OOO \\uHHHH \\UHHHHHHHH',
    found: quote(piece),
  });
}
