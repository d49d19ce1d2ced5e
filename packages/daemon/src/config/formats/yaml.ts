import { isScalar, parseDocument, visit, YAMLParseError } from 'yaml';
import { type FileFormat, FormatFault } from './file-format.ts';

/** `snetd.config.yaml`. */
export const yaml: FileFormat = {
  name: 'YAML',
  parse(text) {
    try {
      const document = parseDocument(text, { merge: true, logLevel: 'silent' });
      const [error] = document.errors;
      if (error !== undefined) throw error;
      visit(document, {
        Scalar(_key, node) {
          // Addresses and keys without quotes are text: as numbers they would lose digits.
          const isText =
            isScalar(node) && typeof node.value === 'number' && losesDigits(node.source);
          if (isText) node.value = node.source;
        },
      });
      return document.toJS({ maxAliasCount: 100 });
    } catch (cause) {
      const position = cause instanceof YAMLParseError ? cause.linePos?.[0] : undefined;
      // What follows a colon is of the text, which may be a password that begins with a star.
      const [sentence = ''] = cause instanceof Error ? cause.message.split(/ at line |\n|:/) : [];
      throw new FormatFault(sentence, { line: position?.line, column: position?.col, cause });
    }
  },
};

function losesDigits(source = ''): boolean {
  return /^[-+]?0[xo]/i.test(source) || String(Number(source)) !== source.replace(/^\+/, '');
}
