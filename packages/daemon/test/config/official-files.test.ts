import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Etcd, startEtcd } from '@snetkit/etcd';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runSnetd } from '../shell/run-snetd.ts';
import { startSnetd } from '../shell/start-snetd.ts';
import { callDetect, startTestNetwork, type TestNetwork } from '../shell/start-test-network.ts';
import { type OfficialFile, officialFiles } from './official-files.ts';

let network: TestNetwork;
let etcd: Etcd;

beforeAll(async () => {
  [network, etcd] = await Promise.all([startTestNetwork({ as: 'sepolia' }), startEtcd()]);
});

afterAll(async () => {
  await network?.stop();
  await etcd?.stop();
});

/** The file, and where it is. */
async function write(name: string): Promise<OfficialFile & { directory: string; path: string }> {
  const { devnet } = network;
  const file = officialFiles({
    rpcUrl: devnet.rpcUrl,
    contentUrl: devnet.contentUrl,
    serviceEndpoint: String(devnet.daemonConfig['service_endpoint']),
    organizationId: devnet.organizationId,
    serviceId: devnet.serviceId,
    etcd: etcd.endpoints[0] ?? '',
  }).find((one) => one.name === name);
  if (file === undefined) throw new Error(`There is no ${name}`);
  const directory = join(network.directory, name.replace('.', '-'));
  const path = join(directory, name);
  await mkdir(directory);
  await writeFile(path, file.content);
  return { ...file, directory, path };
}

test.each(['snetd.config.json', 'old.json', 'memory.yaml', 'inside.toml', 'lines.env'])(
  'behavior: the official %s starts the daemon unchanged',
  async (name) => {
    const { directory, path, store, notice } = await write(name);
    const daemon = await startSnetd({ config: path, directory });
    try {
      // It guards a paid service: nobody is served for nothing.
      expect(await callDetect(daemon.endpoint)).toMatchObject({ status: 3 });
      const told = daemon.lines.filter(({ event }) => event === 'configuration');
      const messages = told.map(({ msg }) => String(msg)).join('\n');
      if (notice === undefined) expect(messages).not.toMatch(/SQLite/);
      else expect(messages).toContain(notice);
      const { code, stdout } = await runSnetd(['list', 'replicas', '-c', path], { cwd: directory });
      expect(code).toBe(0);
      expect(stdout).toContain(`ProcessID: ${daemon.child.pid}`);
      const hasSqlite = await access(join(directory, 'snetd-storage')).then(
        () => true,
        () => false,
      );
      expect(hasSqlite).toBe(store === 'sqlite');
    } finally {
      await daemon.stop();
    }
  },
);
