import { invalidProto, quote } from '../invalid-proto.ts';
import type { SourceFile } from './source-file.ts';

/** One word of the language; `text` is what stands in the source, quotes included. */
export interface Token {
  readonly kind: 'name' | 'integer' | 'float' | 'string' | 'symbol' | 'end';
  readonly text: string;
  /** Index into the source text. */
  readonly offset: number;
}

const maxWordLength = 512;
const wordPattern = /[A-Za-z_][A-Za-z0-9_]*/y;
const numberPattern = /0[xX][0-9A-Fa-f]*|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]*)?/y;
const integerPattern = /^(?:0[xX][0-9A-Fa-f]+|0[0-7]*|[1-9][0-9]*)$/;
const floatPattern = /^(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][+-]?[0-9]+)?$/;
const symbols = '{}[]()<>;:,.=+-/';

/** Reads a source word by word, so that no list of all words is ever held. */
export function createTokenizer(source: SourceFile): () => Token {
  const { text } = source;
  let position = 0;

  function match(pattern: RegExp): string {
    pattern.lastIndex = position;
    return pattern.exec(text)?.[0] ?? '';
  }

  function accept(kind: Token['kind'], word: string): Token {
    const offset = position;
    if (kind !== 'string' && word.length > maxWordLength) {
      throw invalidProto('A name or number is too long.', {
        source,
        offset,
        expected: `at most ${maxWordLength} characters`,
        found: `${word.length} characters`,
      });
    }
    position += word.length;
    return { kind, text: word, offset };
  }

  function readNumber(): Token {
    const word = match(numberPattern);
    const kind = integerPattern.test(word) ? 'integer' : floatPattern.test(word) ? 'float' : '';
    const next = text[position + word.length] ?? '';
    if (kind !== '' && !/[A-Za-z0-9_.]/.test(next)) return accept(kind, word);
    throw invalidProto('A number is not written as a number.', {
      source,
      offset: position,
      expected: 'a decimal, octal (0...), hexadecimal (0x...) or floating-point number',
      found: quote(word + next),
    });
  }

  return () => {
    position = skipBlank(source, position);
    const character = text[position];
    if (character === undefined) return { kind: 'end', text: '', offset: text.length };
    const following = text.charCodeAt(position + 1);
    const digit = isDigit(character.charCodeAt(0));
    if (digit || (character === '.' && isDigit(following))) return readNumber();
    if (character === '"' || character === "'") {
      return accept('string', text.slice(position, findQuote(source, position) + 1));
    }
    if (symbols.includes(character)) return accept('symbol', character);
    const word = match(wordPattern);
    if (word !== '') return accept('name', word);
    const found = String.fromCodePoint(text.codePointAt(position) ?? 0);
    throw invalidProto('A character has no meaning here.', {
      source,
      offset: position,
      expected: 'a word, a number, a string or punctuation of the protobuf language',
      found: quote(found),
    });
  };
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function skipBlank(source: SourceFile, start: number): number {
  const { text } = source;
  for (let position = start; ; ) {
    const code = text.charCodeAt(position);
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) {
      position++;
    } else if (text.startsWith('//', position)) {
      const end = text.indexOf('\n', position);
      position = end === -1 ? text.length : end + 1;
    } else if (text.startsWith('/*', position)) {
      const end = text.indexOf('*/', position + 2);
      if (end === -1) {
        throw invalidProto('A comment is not closed.', {
          source,
          offset: position,
          expected: '"*/" before the end of the file',
        });
      }
      position = end + 2;
    } else {
      return position;
    }
  }
}

/** The index of the quote that closes the string at `start`. */
function findQuote(source: SourceFile, start: number): number {
  const { text } = source;
  const opening = text[start];
  for (let position = start + 1; position < text.length; position++) {
    const character = text[position];
    if (character === opening) return position;
    if (character === '\n') break;
    if (character === '\\') position++;
  }
  throw invalidProto('A string is not closed.', {
    source,
    offset: start,
    expected: `${opening} before the end of the line`,
    hint: 'Close the string; a long one may be written as several strings side by side.',
  });
}
