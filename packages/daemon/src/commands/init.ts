import { minimalConfig } from '../config/sample.ts';
import type { Command } from './command.ts';
import { writeConfig } from './write-config.ts';

/** `snetd init`: writes a configuration to start from (daemon.md 6.5). */
export const init: Command = {
  run: (input) => writeConfig(input, { content: minimalConfig(), kind: 'basic' }),
};
