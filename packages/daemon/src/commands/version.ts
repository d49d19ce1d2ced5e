import { readBuildInfo } from '../observe/version.ts';
import type { Command } from './command.ts';

/** `snetd version`: three lines, as the official daemon prints them (daemon.md 6.5). */
export const version: Command = {
  async run({ print }) {
    const build = await readBuildInfo();
    print(`version tag: ${build.version}`);
    print(`built on: ${build.builtOn}`);
    print(`sha1 revision: ${build.revision}`);
    return 0;
  },
};
