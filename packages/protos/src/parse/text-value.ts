import { bytesToUtf8 } from '@snetkit/core';
import { invalidProto } from '../invalid-proto.ts';
import type { OptionValue } from './option-syntax.ts';
import type { SourceFile } from './source-file.ts';

/** The text that an option is set to; `option` names it in the error. */
export function readTextValue(source: SourceFile, value: OptionValue, option: string): string {
  const { offset } = value;
  const expected = `a string of UTF-8 text for ${option}`;
  if (value.kind === 'bytes') {
    try {
      return bytesToUtf8(value.value);
    } catch {
      throw invalidProto('A string is not UTF-8 text.', { source, offset, expected });
    }
  }
  throw invalidProto('An option has a value of the wrong type.', { source, offset, expected });
}
