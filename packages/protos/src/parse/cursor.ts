import type { BaseError } from '@snetkit/core';
import { invalidProto, quote } from '../invalid-proto.ts';
import type { SourceFile } from './source-file.ts';
import { createTokenizer, type Token } from './tokenizer.ts';

/** A place in a source, and what the parser may ask there. */
export interface Cursor {
  readonly source: SourceFile;
  /** The next word, which stays. */
  peek(): Token;
  /** The next word, which is taken. */
  next(): Token;
  /** Whether the next word is this keyword or punctuation. */
  at(text: string): boolean;
  /** Takes the next word if it is this keyword or punctuation. */
  take(text: string): boolean;
  /** Takes this keyword or punctuation; `where` completes the error: "after ...". */
  expect(text: string, where: string): Token;
  /** The error that tells what should stand at `token`; the caller throws it. */
  unexpected(token: Token, expected: string, hint?: string): BaseError;
  /** Runs `body` one level deeper; refuses to go deeper than the limit. */
  nest<Result>(offset: number, body: () => Result): Result;
}

/** Opens a source at its beginning. */
export function createCursor(source: SourceFile, maxDepth: number): Cursor {
  const read = createTokenizer(source);
  let ahead: Token | undefined;
  let depth = 0;

  function peek(): Token {
    ahead ??= read();
    return ahead;
  }

  function next(): Token {
    const token = peek();
    ahead = undefined;
    return token;
  }

  const at = (text: string) => peek().text === text && peek().kind !== 'string';

  function unexpected(token: Token, expected: string, hint?: string): BaseError {
    const found = token.kind === 'end' ? 'the end of the file' : quote(token.text);
    return invalidProto('The proto source has a syntax error.', {
      source,
      offset: token.offset,
      expected,
      found,
      ...(hint !== undefined && { hint }),
    });
  }

  return {
    source,
    peek,
    next,
    at,
    take: (text) => at(text) && next() !== undefined,
    expect(text, where) {
      if (!at(text)) throw unexpected(peek(), `${JSON.stringify(text)} ${where}`);
      return next();
    },
    unexpected,
    nest(offset, body) {
      if (depth >= maxDepth) {
        throw invalidProto('The proto source is nested too deeply.', {
          source,
          offset,
          expected: `at most ${maxDepth} levels`,
          hint: 'Move inner messages to the top level.',
        });
      }
      depth++;
      const result = body();
      depth--;
      return result;
    },
  };
}
