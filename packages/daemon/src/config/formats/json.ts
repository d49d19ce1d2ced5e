import { BaseError, parseJson } from '@snetkit/core';
import { type FileFormat, FormatFault } from './file-format.ts';

/** `snetd.config.json`. */
export const json: FileFormat = {
  name: 'JSON',
  parse(text) {
    try {
      return parseJson(text);
    } catch (cause) {
      const { found, expected, place = '', shortMessage } = BaseError.from(cause);
      const [, line, column] = /line (\d+), column (\d+)/.exec(place) ?? [];
      const message = found ?? (expected === undefined ? shortMessage : `expected ${expected}`);
      throw new FormatFault(message, {
        line: Number(line ?? 0),
        column: Number(column ?? 0),
        cause,
      });
    }
  },
};
