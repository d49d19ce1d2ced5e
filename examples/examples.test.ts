import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { startChromium } from '@snetkit/chromium';
import {
  type Devnet,
  findFreePort,
  startDaemon,
  startDevnet,
  type TestAccount,
} from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { installExamples } from './test/install-examples.ts';
import { runProgram } from './test/run-program.ts';
import { startProgram } from './test/start-program.ts';

const { resolve } = createRequire(import.meta.url);
const daemonCommand = [
  process.execPath,
  '--conditions=@snetkit/source',
  join(dirname(resolve('@snetkit/daemon/package.json')), 'bin/snetd.js'),
];
/** The wallet of the browser's tests; its user agrees to everything. */
const wallet = '../packages/sdk/test/browser/injected-wallet.js';

// Compilers, bundlers and browsers are started in here, beside whatever else is being tested.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let directory: string;
let devnet: Devnet;
let examples: readonly string[];

beforeAll(async () => {
  // Outside of the repository: nothing of it is found by looking upwards.
  directory = await mkdtemp(join(tmpdir(), 'snetkit-examples-'));
  devnet = await startDevnet({ as: 'sepolia', daemonCommand });
  examples = await installExamples(directory);
});

afterAll(async () => {
  await devnet?.stop();
  await rm(directory, { recursive: true, force: true });
});

test('behavior: every example has its own types right, and a page that says how to run it', async () => {
  const found = await readdir(import.meta.dirname, { withFileTypes: true });
  const folders = found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders.filter((name) => !/^(node_modules|reports|test)$/.test(name)).sort()).toEqual(
    examples,
  );
  for (const name of examples) {
    const cwd = join(directory, name);
    const compiler = join(cwd, 'node_modules/.bin/tsc');
    const { out } = await runProgram({ command: [compiler, '-p', '.'], cwd });
    expect(out).toBe('');
    const readme = await readFile(join(cwd, 'README.md'), 'utf8');
    expect(readme.split('\n').length).toBeLessThan(60);
  }
});

test('behavior: what is installed is what was packed', async () => {
  const program = "console.log(import.meta.resolve('@snetkit/sdk'))";
  const cwd = join(directory, 'node-script');
  const command = [process.execPath, '--input-type=module', '--eval', program] as const;
  const { out } = await runProgram({ command: [...command], cwd });
  expect(out).toContain(`${directory}${sep}node_modules`);
  expect(out).toContain(`${sep}sdk${sep}dist${sep}index.js`);
});

test('behavior: node-script pays for a call and says what it paid', async () => {
  const env = envOf(devnet.accounts.client);
  const first = await run('node-script', ['Bonjour à tous, comment allez-vous ?'], env);
  expect(first).toMatchObject({ err: '' });
  expect(first.out).toMatch(/^channelOpened: 0\.01 FET, channel \d+\npaid 0\.001 FET\n/);
  expect(first.out).toContain("language: { code: 'fr', name: 'French' }");
  const second = await run('node-script', [], env);
  expect(second.out).toMatch(/^paid 0\.001 FET\n/);
  expect(second.out).toContain("language: { code: 'de', name: 'German' }");
});

test('behavior: server answers until its budget is spent, and stops when it is told to', async () => {
  await using server = await startProgram({
    command: [process.execPath, 'src/main.ts'],
    cwd: join(directory, 'server'),
    env: { ...envOf(devnet.accounts.secondClient), BUDGET: '0.002 FET', PORT: '0' },
    ready: /listening on (\S+)/,
  });
  const ask = async (query: string) => {
    const signal = AbortSignal.timeout(30_000);
    const response = await fetch(`${server.found}/language${query}`, { signal });
    return { status: response.status, body: await response.json() };
  };
  const text = encodeURIComponent('Guten Morgen, wie geht es Ihnen?');
  const german = { detection: { language: { code: 'de', name: 'German' } } };
  expect(await ask('')).toEqual({
    status: 400,
    body: { error: 'say which text: /language?text=...' },
  });
  expect(await ask(`?text=${text}`)).toMatchObject({ status: 200, body: german });
  expect(await ask(`?text=${text}`)).toMatchObject({ status: 200, body: german });
  expect(await ask(`?text=${text}`)).toEqual({
    status: 503,
    body: { error: 'SPENDING_ABOVE_LIMIT' },
  });
  const { code, out } = await server.stop();
  expect({ code, last: out.trimEnd().split('\n').at(-1) }).toEqual({ code: 0, last: 'stopped' });
});

test('behavior: agent-tool offers the methods with their arguments, and a model calls one', async () => {
  const env = envOf(devnet.accounts.client);
  const { out, err } = await run('agent-tool', [], env);
  expect(err).toBe('');
  expect(out).toBe(
    [
      'tools: Detect, Slow, Fail, Echo',
      'calling Detect with {"text":"Buongiorno a tutti, come state oggi"}',
      'That is Italian.',
      'spent 0.001 FET',
      '',
    ].join('\n'),
  );
});

test('behavior: publish-service registers what a daemon serves and a client finds', async () => {
  const { provider, client } = devnet.accounts;
  const port = await findFreePort();
  const names = { ORGANIZATION_ID: 'example', SERVICE_ID: 'language' };
  const { out, err } = await run('publish-service', [], {
    ...envOf(provider),
    ...names,
    DAEMON_URL: `http://127.0.0.1:${port}`,
  });
  expect(err).toBe(
    [
      'warning /media: There is no picture to show the service with.',
      'warning /groups/0/endpoints/0: The endpoint is not encrypted.',
      '',
    ].join('\n'),
  );
  expect(out).toMatch(
    /^protos: ipfs:\/\/Qm\w+\norganization example: ipfs:\/\/Qm\w+\nservice language: ipfs:\/\/Qm\w+\n$/,
  );
  await using _daemon = await startDaemon({
    command: daemonCommand,
    directory: join(devnet.directory, 'example'),
    config: {
      ...devnet.daemonConfig,
      organization_id: 'example',
      service_id: 'language',
      daemon_endpoint: `127.0.0.1:${port}`,
      payment_channel_storage_path: join(devnet.directory, 'example/storage'),
    },
  });
  const called = await run('node-script', [], { ...envOf(client), ...names });
  expect(called.out).toContain('paid 0.002 FET');
  expect(called.out).toContain("language: { code: 'de', name: 'German' }");
});

test('behavior: react-page finds a wallet, asks the service and shows what is left', async () => {
  const cwd = join(directory, 'react-page');
  const { rpcUrl, contentUrl, endpoint, accounts } = devnet;
  const env = { VITE_RPC_URL: rpcUrl, VITE_IPFS_URL: contentUrl };
  await runProgram({ command: [join(cwd, 'node_modules/.bin/vite'), 'build'], cwd, env });
  await using chromium = await startChromium();
  const site = await chromium.openSite({
    files: await readSite(join(cwd, 'dist'), accounts.deployer),
    allowedOrigins: [rpcUrl, contentUrl, endpoint],
  });
  const { page, ...recorded } = await site.openPage('/index.html');
  await page.getByRole('button', { name: 'Connect Test wallet' }).click();
  for (const [text, language, left] of [
    ['Guten Morgen, wie geht es Ihnen?', 'German', '0.009 FET'],
    ['Buongiorno a tutti, come state oggi?', 'Italian', '0.008 FET'],
  ] as const) {
    await page.getByLabel('Text').fill(text);
    await page.getByRole('button', { name: 'Which language is it?' }).click();
    await page.getByText(`Left: ${left}`).waitFor();
    expect(await page.locator('p').allTextContents()).toEqual([
      `Language: ${language}`,
      `Left: ${left}`,
    ]);
  }
  const asked = await page.evaluate('walletAsked');
  expect(asked).toEqual(['eth_sendTransaction', 'eth_sendTransaction']);
  expect(recorded).toMatchObject({ problems: [], foreignRequests: [] });
});

function run(name: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const command = [process.execPath, 'src/main.ts', ...args] as const;
  return runProgram({ command: [...command], cwd: join(directory, name), env });
}

function envOf({ privateKey }: TestAccount): Record<string, string> {
  const { rpcUrl, contentUrl, directory: state } = devnet;
  return {
    RPC_URL: rpcUrl,
    IPFS_URL: contentUrl,
    PRIVATE_KEY: privateKey,
    XDG_STATE_HOME: join(state, 'state'),
    XDG_CACHE_HOME: join(state, 'cache'),
  };
}

/** What was built, with a wallet in the page as an extension would inject it. */
async function readSite(folder: string, account: TestAccount): Promise<Record<string, string>> {
  const site: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    site[path.slice(folder.length)] = await readFile(path, 'utf8');
  }
  const config = JSON.stringify({ rpcUrl: devnet.rpcUrl, account: account.address });
  const scripts = [
    `<script type="application/json" id="wallet">${config}</script>`,
    '<script type="module" src="/wallet.js"></script>',
  ].join('\n');
  const html = site['/index.html'] ?? '';
  return {
    ...site,
    '/index.html': html.replace('<head>', `<head>\n${scripts}`),
    '/wallet.js': await readFile(join(import.meta.dirname, wallet), 'utf8'),
  };
}
