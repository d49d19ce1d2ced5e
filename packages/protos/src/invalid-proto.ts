import { BaseError } from '@snetkit/core';
import { formatPlace, type SourceFile } from './parse/source-file.ts';

/** Where and why a source is refused. */
export interface Refusal {
  readonly source: SourceFile;
  /** Index into the text. */
  readonly offset: number;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
}

/** The error `PROTO_INVALID` for a place in a source; the caller throws it. */
export function invalidProto(shortMessage: string, refusal: Refusal): BaseError {
  const { source, offset, expected, found, hint } = refusal;
  return new BaseError('PROTO_INVALID', shortMessage, {
    place: formatPlace(source, offset),
    expected,
    found,
    hint: hint ?? 'Correct the proto source at this place.',
  });
}

/** A piece of source as an error may show it: quoted, and never longer than a line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
