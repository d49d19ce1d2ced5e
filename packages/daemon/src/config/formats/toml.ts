import { parse, TomlError } from 'smol-toml';
import { type FileFormat, FormatFault } from './file-format.ts';

/** `snetd.config.toml`. */
export const toml: FileFormat = {
  name: 'TOML',
  parse(text) {
    try {
      return parse(text, { integersAsBigInt: 'asNeeded', maxDepth: 100 });
    } catch (cause) {
      const { line, column } = cause instanceof TomlError ? cause : { line: 0, column: 0 };
      const [sentence = ''] = cause instanceof Error ? cause.message.split('\n') : [];
      const message = sentence.replace(/^Invalid TOML document: /, '');
      throw new FormatFault(message, { line, column, cause });
    }
  },
};
