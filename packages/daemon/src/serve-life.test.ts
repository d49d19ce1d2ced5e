import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectRaw } from '../test/harness/grpc-call.ts';
import type { StartedSnetd } from '../test/shell/start-snetd.ts';
import {
  callDetect,
  startTestNetwork,
  type TestNetwork,
} from '../test/shell/start-test-network.ts';

let network: TestNetwork;

beforeAll(async () => {
  network = await startTestNetwork();
});

afterAll(() => network?.stop());

test.each(['SIGTERM', 'SIGINT'] as const)('behavior: %s ends it cleanly', async (signal) => {
  const stopping = await network.start();
  stopping.child.kill(signal);
  expect(await stopping.exited).toBe(0);
  expect(stopping.lines.slice(-2)).toMatchObject([
    { event: 'stopping', reason: signal },
    { event: 'stopped' },
  ]);
  expect(stopping.stderr()).toBe('');
});

test('behavior: a running call may end before the daemon does; a second signal ends it at once', async () => {
  const stopping = await network.start({ stop_grace_period: '1m', blockchain_enabled: false });
  const slow = '/text.v1.TextService/Slow';
  const raw = await connectRaw(stopping.endpoint);
  // SlowRequest { delay_ms: 700 }
  const answer = raw.call(slow, {}, Buffer.from([0x10, 0xbc, 0x05]));
  await waitForRunningCall(stopping);
  stopping.child.kill('SIGTERM');
  expect(await answer).toMatchObject({ status: 0 });
  expect(await stopping.exited).toBe(0);

  const stuck = await network.start({ stop_grace_period: '1m', blockchain_enabled: false });
  const other = await connectRaw(stuck.endpoint);
  // SlowRequest { delay_ms: 600000 }
  void other.call(slow, {}, Buffer.from([0x10, 0xc0, 0xcf, 0x24]));
  await waitForRunningCall(stuck);
  stuck.child.kill('SIGTERM');
  await stuck.waitForEvent('stopping');
  stuck.child.kill('SIGTERM');
  expect(await stuck.exited).toBe(1);
});

/** A call that came later than another and is over shows that the other one has arrived. */
async function waitForRunningCall({ endpoint }: StartedSnetd): Promise<void> {
  expect(await callDetect(endpoint)).toMatchObject({ status: 0 });
}

test('behavior: it ends with the standard input of its parent, when told to watch it', async () => {
  const child = await network.start({}, { stdio: 'pipe', env: { SNETKIT_PARENT_WATCH: 'stdin' } });
  child.child.stdin?.end();
  expect(await child.exited).toBe(0);
  expect(await child.waitForEvent('stopping')).toMatchObject({ reason: 'parent' });
});

test('behavior: it ends with its IPC channel', async () => {
  const child = await network.start({}, { stdio: 'ipc' });
  child.child.disconnect();
  expect(await child.exited).toBe(0);
});

test('behavior: settings without effect are told once each, and the options of official scripts are taken', async () => {
  const { lines, stop } = await network.start(
    { heartbeat_svc_end_point: 'http://127.0.0.1:1' },
    { args: ['--passthrough', '-b', '-p', '5000', '--auto-ssl-cache', 'x'] },
  );
  await stop();
  const warnings = lines.filter(({ event }) => event === 'configuration').map(({ msg }) => msg);
  expect(warnings.map((line) => String(line).replace(/^.*\.json: /, ''))).toEqual([
    'heartbeat_svc_end_point is an old name; use heartbeat_endpoint',
    'option --port has no effect',
  ]);
});
