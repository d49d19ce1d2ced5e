import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '@snetkit/devnet';
import { afterEach, expect, test } from 'vitest';
import { findByCommand, findProcesses, waitUntilGone } from '../../test/find-processes.ts';
import { runSnet, startSnet } from '../../test/run-snet.ts';
import { makeHome, type TemporaryHome } from '../../test/temporary-home.ts';

const root = join(import.meta.dirname, '../../../..');
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** A local network that stays up, started as a person does. */
async function startDev(args: readonly string[], home: TemporaryHome) {
  const child = startSnet(['dev', ...args], { ...home, cwd: root });
  running.push(child);
  let [stdout, stderr] = ['', ''];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exited = once(child, 'close') as Promise<[number | null, string | null]>;
  await new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.endsWith('Ctrl-C ends everything.\n')) resolve();
    });
    child.once('close', () => reject(new Error(`snet dev ended: ${stderr}`)));
  });
  return { child, exited, stdout, printed: () => stderr };
}

/** No process, no folder, no announcement. */
async function expectNothingLeft({ env }: TemporaryHome) {
  await waitUntilGone('XDG_STATE_HOME', env.XDG_STATE_HOME);
  expect(await readdir(env.TMPDIR)).toEqual([]);
  const announced = await readdir(join(env.XDG_STATE_HOME, 'snet/devnet')).catch(() => []);
  expect(announced).toEqual([]);
}

test('behavior: snet dev --once tells the story of a paid call', async () => {
  await using home = await makeHome();
  const { code, stdout, stderr } = await runSnet(['dev', '--once'], home);
  expect(code).toBe(0);
  expect(stdout.replaceAll(/[0-9.]+ m?s/g, 'TIME').replace(/block [0-9]+/, 'BLOCK')).toMatch(
    new RegExp(
      `^${[
        'A paid call',
        '  service      local/text, group default_group',
        '  method       text\\.v1\\.TextService/Detect at http://127\\.0\\.0\\.1:[0-9]+',
        '  price        0\\.001 FET a call',
        '  request      {"text":"Guten Morgen! Wie wird das Wetter heute in Berlin\\?"}',
        '  result       German \\(de\\)',
        '  channel      0, opened with 0\\.01 FET until BLOCK',
        '  first call   signed 0 FET before, 0\\.001 FET after, in TIME \\(the channel was opened meanwhile\\)',
        '  second call  signed 0\\.001 FET before, 0\\.002 FET after, in TIME',
        '  claimable    0\\.002 FET can the provider claim now, its daemon says',
        '$',
      ].join('\n')}`,
    ),
  );
  expect(
    stderr.match(/✓ (chain|contracts|content store|AI service|registration|daemon) /g),
  ).toHaveLength(6);
  await expectNothingLeft(home);
});

test('behavior: snet dev --once --json tells the same as one object', async () => {
  await using home = await makeHome();
  const port = await findFreePort();
  const args = ['dev', '--once', '--json', '--as', 'sepolia', '--port', `daemon=${port}`];
  const { code, stdout } = await runSnet(args, home);
  expect(code).toBe(0);
  const amount = (cogs: string, text: string) => ({ cogs, amount: text });
  const one = amount('1000000000000000', '0.001 FET');
  const two = amount('2000000000000000', '0.002 FET');
  const payment = {
    type: 'escrow',
    price: one,
    channelId: '0',
    nonce: '0',
    elapsedMs: expect.any(Number),
  };
  expect(JSON.parse(stdout)).toEqual({
    network: {
      rpcUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:[0-9]+$/),
      chainId: 11155111,
      contentUrl: expect.any(String),
      contracts: expect.objectContaining({ mpe: '0x042d31F61c598eADcAc729B845406514521db520' }),
      token: { symbol: 'FET', decimals: 18 },
      startMs: expect.any(Number),
    },
    service: {
      organizationId: 'local',
      serviceId: 'text',
      groupName: 'default_group',
      endpoint: `http://127.0.0.1:${port}`,
    },
    method: 'text.v1.TextService/Detect',
    price: one,
    channel: {
      id: '0',
      deposit: amount('10000000000000000', '0.01 FET'),
      expiration: expect.stringMatching(/^[0-9]+$/),
      transactionHash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
    },
    request: { text: 'Guten Morgen! Wie wird das Wetter heute in Berlin?' },
    result: {
      detection: expect.objectContaining({ language: { code: 'de', name: 'German' } }),
    },
    calls: [
      { kind: 'cold', ...payment, signedBefore: amount('0', '0 FET'), signedAfter: one },
      { kind: 'warm', ...payment, signedBefore: one, signedAfter: two },
    ],
    claimable: two,
  });
  await expectNothingLeft(home);
});

test('behavior: stays up with calls to paste that work; Ctrl-C leaves nothing behind', async () => {
  await using home = await makeHome();
  const { child, exited, stdout, printed } = await startDev([], home);

  // The lines that start with the name of a program are for a second terminal.
  const [call, list, curl] =
    stdout.match(/^ {2}(\.\/node_modules\/\.bin\/)?(snet|curl) .*$/gm) ?? [];
  const words = /call (\S+) (\S+) (\S+) '(.*)'$/.exec(call ?? '')?.slice(1) ?? [];
  const called = await runSnet(['call', ...words], home);
  expect(JSON.parse(called.stdout)).toMatchObject({ detection: { language: { name: 'French' } } });
  expect(called.stderr).toContain('paid 0.001 FET on channel 0, signed 0.003 FET there');
  expect(list).toContain('snet channel list');
  const heartbeat = await fetch(/http\S+/.exec(curl ?? '')?.[0] ?? '');
  expect(heartbeat.status).toBe(200);
  expect(await heartbeat.json()).toMatchObject({ status: 'Online' });

  child.kill('SIGINT');
  expect(await exited).toEqual([0, null]);
  expect(printed()).toMatch(/\nStopping \.\.\.\n$/);
  await expectNothingLeft(home);
});

test('behavior: the printed program has ten lines and runs in the root of the repository', async () => {
  await using home = await makeHome();
  const { child, exited, stdout } = await startDev([], home);
  const last = 'await engine.close();';
  const program = stdout.slice(stdout.indexOf('import '), stdout.indexOf(last) + last.length);
  expect(program.split('\n')).toHaveLength(10);

  // A folder below the root finds the same packages, and git ignores this one.
  await mkdir(join(root, '.nx'), { recursive: true });
  const folder = await mkdtemp(join(root, '.nx/snet-dev-'));
  const file = join(folder, 'hello.ts');
  await writeFile(file, program);
  const args = ['--conditions=@snetkit/source', file];
  const ran = await promisify(execFile)(process.execPath, args, { cwd: root }).finally(() =>
    rm(folder, { recursive: true }),
  );
  expect(ran.stdout).toContain("language: { code: 'it', name: 'Italian' }");
  expect(ran.stderr).toBe('');

  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  await expectNothingLeft(home);
});

test('behavior: a second Ctrl-C within a second is the same one, as launchers pass it on', async () => {
  await using home = await makeHome();
  const { child, exited } = await startDev([], home);
  child.kill('SIGINT');
  child.kill('SIGINT');
  expect(await exited).toEqual([0, null]);
  await expectNothingLeft(home);
});

test('behavior: Ctrl-C while the network comes up', async () => {
  await using home = await makeHome();
  const child = startSnet(['dev'], home);
  running.push(child);
  const exited = once(child, 'close');
  await new Promise<void>((resolve) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('✓ chain')) resolve();
    });
  });
  child.kill('SIGINT');
  expect(await exited).toEqual([130, null]);
  await expectNothingLeft(home);
});

test.skipIf(process.platform !== 'linux')(
  'behavior: even kill -9 leaves no process behind',
  async () => {
    await using home = await makeHome();
    const { child, exited } = await startDev([], home);
    const before = await findProcesses('XDG_STATE_HOME', home.env.XDG_STATE_HOME);
    expect(before.length).toBeGreaterThanOrEqual(4);
    child.kill('SIGKILL');
    await exited;
    await waitUntilGone('XDG_STATE_HOME', home.env.XDG_STATE_HOME);
  },
);

test.skipIf(process.platform !== 'linux')('error: the daemon ends by itself', async () => {
  await using home = await makeHome();
  const { exited, printed } = await startDev([], home);
  const ids = await findProcesses('XDG_STATE_HOME', home.env.XDG_STATE_HOME);
  process.kill(await findByCommand(ids, 'snetd.js'), 'SIGKILL');
  expect(await exited).toEqual([1, null]);
  // The folder of the log is gone by now: what it ended with is shown instead.
  expect(printed()).toMatch(
    /error: The daemon has ended by itself\. \(DEVNET_PROCESS_ENDED\)\n {2}found {2}SIGKILL; it printed last:\n( {9}\{.*\n)* {9}\{.*"event":"listening".*\n {2}fix /,
  );
  expect(printed()).not.toContain('snetd.log');
  await expectNothingLeft(home);
});

test('behavior: when a second network ends, commands find the first one again', async () => {
  await using home = await makeHome();
  const first = await startDev([], home);
  const second = await startDev([], home);
  expect(second.printed()).toContain(`Another local network is up (process ${first.child.pid})`);
  second.child.kill('SIGINT');
  expect(await second.exited).toEqual([0, null]);
  expect(await runSnet(['channel', 'list'], home)).toMatchObject({ code: 0 });
  first.child.kill('SIGINT');
  expect(await first.exited).toEqual([0, null]);
  await expectNothingLeft(home);
}, 180_000);

test.each(['chain', 'content', 'service', 'daemon'])(
  'error: the port of the %s is taken',
  async (part) => {
    await using home = await makeHome();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stdout, stderr } = await runSnet(['dev', '--port', `${part}=${port}`], home);
    server.close();
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr.slice(stderr.indexOf('error:'))).toBe(
      [
        `error: The ${part} cannot listen on port ${port}. (DEVNET_LISTEN_FAILED)`,
        `  place     ${part}=${port}`,
        '  expected  a port of 127.0.0.1 that is free',
        '  found     another program has it',
        `  fix       Give the ${part} another port, or none for a free one, or end who has it.`,
        '',
      ].join('\n'),
    );
  },
);

test.each([
  [['--as', 'mainnet'], 'The local network cannot pose as this one.'],
  [['--port', 'chain=99999'], 'This is not the port of a part of the network.'],
  [['--port', 'web=80'], 'This is not the port of a part of the network.'],
])('error: snet dev %s', async (args, message) => {
  await using home = await makeHome();
  const { code, stdout, stderr } = await runSnet(['dev', ...args], home);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.split('\n')[0]).toBe(`error: ${message} (COMMAND_LINE_INVALID)`);
});
