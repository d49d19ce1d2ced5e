import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { BaseError } from '@snetkit/core';
import { defaultConfigFile } from '../config/load.ts';
import type { Command } from './command.ts';

/** What a provider has to think about; everything else has a default (daemon.md 6.3). */
const minimalConfig = {
  blockchain_network_selected: 'sepolia',
  ethereum_json_rpc_http_endpoint: 'https://YOUR_RPC_ENDPOINT',
  organization_id: 'YOUR_ORG_ID',
  service_id: 'YOUR_SERVICE_ID',
  daemon_group_name: 'default_group',
  daemon_endpoint: '127.0.0.1:8080',
  service_endpoint: 'YOUR_SERVICE_ENDPOINT',
  payment_channel_storage_type: 'lmdb',
  payment_channel_storage_path: 'snetd-storage',
  ipfs_endpoint: 'https://ipfs.singularitynet.io:443',
  log: { level: 'info' },
};

/**
 * `snetd init`: writes a configuration to start from; never over an existing one (daemon.md 6.5). The
 * secret of prepaid tokens is a new one each time: the default of the official daemon is public.
 */
export const init: Command = {
  async run({ options, print, warn }) {
    const file = typeof options['config'] === 'string' ? options['config'] : defaultConfigFile;
    try {
      const secret = { token_secret_key: randomBytes(32).toString('base64url') };
      const text = `${JSON.stringify({ ...minimalConfig, ...secret }, null, 2)}\n`;
      await writeFile(file, text, { mode: 0o600, flag: 'wx' });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cannotWrite(file, cause);
      warn(
        `ERROR: such configFile already exists, please remove file first or rename file: ${file}`,
      );
      return 255;
    }
    print(`Writing basic configuration to the file: ${file}`);
    return 0;
  },
};

function cannotWrite(file: string, cause: unknown): BaseError {
  return new BaseError('CONFIG_FILE_INVALID', 'The configuration file cannot be written.', {
    place: file,
    found: cause instanceof Error ? cause.message : String(cause),
    hint: 'Check that the directory exists and that you may write to it.',
    cause,
  });
}
