import { parseEnv } from 'node:util';
import type { FileFormat } from './file-format.ts';

/** `snetd.env`: one `KEY=value` a line, keys without the `SNET_` of the environment. */
export const env: FileFormat = {
  name: 'KEY=value',
  parse: (text) => parseEnv(text),
};
