import { getChannel } from '@snetkit/contracts';
import { stringifyJson } from '@snetkit/core';
import { exportOfficialState } from '../official-state/export-official-state.ts';
import { refuseOwnService } from '../official-state/refuse-service.ts';
import { exportState } from '../state-file/export-state.ts';
import type { Command, CommandInput } from './command.ts';
import { formatOfficialExport } from './format-official-export.ts';
import { withGroup } from './open-group.ts';
import { openOfficialStore } from './open-official-store.ts';
import { readSeconds } from './read-seconds.ts';
import { UsageError } from './usage-error.ts';

/** `snetd store export FILE`, or `--layout official`: the group's state leaves the configured store. */
export const storeExport: Command = {
  positional: 'FILE',
  options: {
    layout: { type: 'string' },
    force: { type: 'boolean' },
    json: { type: 'boolean' },
    to: { type: 'string' },
    'dry-run': { type: 'boolean' },
    observe: { type: 'string' },
    'force-locks': { type: 'boolean' },
    'force-sessions': { type: 'boolean' },
    'force-loss': { type: 'boolean' },
  },
  async run(input) {
    const { options } = input;
    const { layout } = options;
    if (layout === 'official') {
      if (options['FILE'] !== undefined) {
        throw new UsageError('The official layout is an etcd (--to), not a file.');
      }
      return toEtcd(input);
    }
    if (layout !== undefined) throw new UsageError('--layout takes official, or is left out.');
    if (typeof options['FILE'] !== 'string') throw new UsageError('Name the state file to write.');
    return toFile(input, options['FILE']);
  },
};

function toFile(input: CommandInput, path: string): Promise<number> {
  const { options, print, warn } = input;
  return withGroup(input, async ({ store, scopeText, place, findOwners }, signal) => {
    refuseOwnService(await findOwners(), place);
    const foot = await exportState({
      store,
      scope: scopeText,
      path,
      replaces: options['force'] === true,
      signal,
      onProgress: (done) => options['json'] !== true && warn(`${done} records written`),
    });
    if (options['json'] === true) print(stringifyJson({ path, ...foot }));
    else print(`${foot.records} records written to ${path}, sha256 ${foot.sha256}`);
    return 0;
  });
}

function toEtcd(input: CommandInput): Promise<number> {
  const { options, print, warn } = input;
  const observeMs = readSeconds(options['observe'], { name: '--observe', fallback: 12 });
  const isDryRun = options['dry-run'] === true;
  return withGroup(input, async (group, signal) => {
    const { store, client, network, place } = group;
    if (!isDryRun) refuseOwnService(await group.findOwners(), place);
    const target = await openOfficialStore(group, options['to']);
    try {
      if (options['json'] !== true) warn(`Looking at ${target.place}`);
      const report = await exportOfficialState({
        source: store,
        target,
        group: { network: network.name, ...group.scope },
        observeMs,
        isDryRun,
        acceptsLoss: options['force-loss'] === true,
        locksAreStale: options['force-locks'] === true,
        sessionsAreForeign: options['force-sessions'] === true,
        readChannel: (channelId) => getChannel(client, { mpe: network.mpe, channelId, signal }),
        signal,
      });
      if (options['json'] === true) print(stringifyJson({ isDryRun, report }));
      else for (const line of formatOfficialExport(report)) print(line);
      return report.conflicts.length === 0 ? 0 : 1;
    } finally {
      await target.close();
    }
  });
}
