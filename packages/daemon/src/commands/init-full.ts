import { fullConfig } from '../config/sample.ts';
import type { Command } from './command.ts';
import { writeConfig } from './write-config.ts';

/** `snetd init-full`: writes every setting with its default (daemon.md 6.5). */
export const initFull: Command = {
  run: (input) => writeConfig(input, { content: fullConfig(), kind: 'full default' }),
};
