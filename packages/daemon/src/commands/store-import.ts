import { stringifyJson } from '@snetkit/core';
import { refuseOwnService } from '../official-state/refuse-service.ts';
import type { CheckedStateFile } from '../state-file/read-state-file.ts';
import { checkRestorable, restoreState } from '../state-file/restore-state.ts';
import { raiseSqliteVersion } from '../store/raise-sqlite-version.ts';
import type { Command } from './command.ts';
import { withGroup } from './open-group.ts';
import { UsageError } from './usage-error.ts';

/** `snetd store import FILE`: puts the records of a state file into the configured store. */
export const storeImport: Command = {
  positional: 'FILE',
  options: {
    replace: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run(input) {
    const { options, print, warn } = input;
    const path = options['FILE'];
    if (typeof path !== 'string') throw new UsageError('Name the state file to read.');
    let file: CheckedStateFile;
    return withGroup(
      input,
      async ({ store, place, findOwners }, signal) => {
        refuseOwnService(await findOwners(), place);
        const report = await restoreState({
          store,
          path,
          file,
          replaces: options['replace'] === true,
          signal,
          onProgress: (done) => options['json'] !== true && warn(`${done} records changed`),
        });
        // One that started meanwhile has seen the epoch; whoever restores should know of it.
        refuseOwnService(await findOwners(), place);
        if (options['json'] === true) print(stringifyJson(report));
        else {
          const { records, written, kept, removed, epoch } = report;
          print(`${records} records in the file of ${file.head.exportedAt} (${file.head.store})`);
          print(`${written} written, ${kept} there already, ${removed} removed; epoch ${epoch}`);
        }
        return 0;
      },
      async (config, scope) => {
        file = await checkRestorable(path, scope);
        if (config.payment_channel_storage_type !== 'sqlite') return;
        const { payment_channel_storage_path: directory } = config;
        raiseSqliteVersion(directory, BigInt(file.foot.highestVersion));
      },
    );
  },
};
