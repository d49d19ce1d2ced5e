import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { BaseError, type JsonValue, parseJson } from '@snetkit/core';
import type { Fields } from '@snetkit/sdk';

/** Where the fields of a request come from. */
export interface InputSource {
  /** JSON, `@file`, `-` for standard input; undefined for no fields at all. */
  readonly argument: string | undefined;
  readonly stdin: NodeJS.ReadableStream;
}

/**
 * Reads the one message of a request.
 *
 * @throws BaseError `INPUT_INVALID`, `INPUT_UNREADABLE`, `FIELD_INVALID`
 */
export async function readMessage(source: InputSource): Promise<Fields> {
  const { place, content } = await readContent(source);
  return toFields(parseInput(content, place), place);
}

/**
 * Reads the messages of a request that streams: a JSON list, or one JSON object on each line. From
 * standard input each line is handed on as it comes.
 *
 * @throws BaseError `INPUT_INVALID`, `INPUT_UNREADABLE`, `FIELD_INVALID`
 */
export async function* readMessages(source: InputSource): AsyncGenerator<Fields> {
  if (source.argument === '-') {
    yield* parseLines(createInterface({ input: source.stdin }), 'standard input');
    return;
  }
  const { place, content } = await readContent(source);
  if (/^\s*\[/.test(content)) {
    const list = parseInput(content, place) as JsonValue[];
    for (const [index, item] of list.entries())
      yield toFields(item, `${place}, message ${index + 1}`);
    return;
  }
  yield* parseLines(content.split('\n'), place);
}

async function* parseLines(
  lines: Iterable<string> | AsyncIterable<string>,
  name: string,
): AsyncGenerator<Fields> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const place = `${name}, line ${number}`;
    yield toFields(parseInput(line, place), place);
  }
}

async function readContent({ argument, stdin }: InputSource) {
  if (argument === undefined) return { place: 'FIELDS', content: '{}' };
  if (argument === '-') return { place: 'standard input', content: await text(stdin) };
  if (!argument.startsWith('@')) return { place: 'FIELDS', content: argument };
  const file = argument.slice(1);
  try {
    return { place: file, content: await readFile(file, 'utf8') };
  } catch (cause) {
    throw new BaseError('INPUT_UNREADABLE', 'The file of the request cannot be read.', {
      place: file,
      cause,
    });
  }
}

/** What a person typed is not a document that somebody published: the error is another one. */
function parseInput(content: string, place: string): JsonValue {
  try {
    return parseJson(content, { place });
  } catch (cause) {
    const error = BaseError.from(cause);
    throw new BaseError('INPUT_INVALID', 'The request is not valid JSON.', {
      // Within one line of many, only the column is of interest.
      place: error.place?.replace(/(, line [0-9]+), line 1(?=, column)/, '$1'),
      found: error.found,
      cause,
    });
  }
}

function toFields(value: JsonValue, place: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new BaseError('FIELD_INVALID', 'A message is a JSON object.', {
    place,
    expected: 'an object such as {"text": "hello"}',
    found: Array.isArray(value) ? 'a list' : JSON.stringify(value),
  });
}
