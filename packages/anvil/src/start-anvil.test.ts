import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { AnvilError } from './anvil-error.ts';
import { type Anvil, type StartAnvilOptions, startAnvil } from './start-anvil.ts';

const running = new Set<Anvil>();
const start = async (options?: StartAnvilOptions) => {
  const chain = await startAnvil(options);
  running.add(chain);
  return chain;
};
afterEach(async () => {
  for (const chain of running) await chain.stop();
  running.clear();
});

async function rpc(url: string, method: string, params: unknown[] = []): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return ((await response.json()) as { result: unknown }).result;
}

/** The error that a start ends with. */
async function failure(options: StartAnvilOptions): Promise<AnvilError> {
  const error = await start(options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AnvilError)) throw new TypeError(`no AnvilError: ${error}`);
  return error;
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('startAnvil', () => {
  test('default: a chain that answers on a loopback port', async () => {
    const chain = await start();
    expect(chain.rpcUrl).toBe(`http://127.0.0.1:${chain.port}`);
    expect(chain.chainId).toBe(31337);
    expect(await rpc(chain.rpcUrl, 'eth_chainId')).toBe('0x7a69');
    expect(await rpc(chain.rpcUrl, 'eth_blockNumber')).toBe('0x0');
  });

  test('args: multicall', async () => {
    const address = '0xcA11bde05977b3631167028862bE2a173976CA11';
    const chain = await start({ multicall: true });
    // getBlockNumber() of Multicall3.
    const call = { to: address, data: '0x42cbb15c' };
    expect(await rpc(chain.rpcUrl, 'eth_call', [call, 'latest'])).toBe(`0x${'0'.repeat(64)}`);
    const other = await start();
    expect(await rpc(other.rpcUrl, 'eth_getCode', [address, 'latest'])).toBe('0x');
  });

  test('args: chain id, mnemonic and further arguments reach the program', async () => {
    const chain = await start({
      chainId: 11155111,
      mnemonic:
        'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about',
      args: ['--accounts', '2'],
    });
    expect(await rpc(chain.rpcUrl, 'eth_chainId')).toBe('0xaa36a7');
    expect(await rpc(chain.rpcUrl, 'eth_accounts')).toEqual([
      '0x9858effd232b4033e47d90003d41ec34ecaeda94',
      '0x6fac4d18c912343bf86fa7049364dd4e424ab9c0',
    ]);
  });

  test('args: blockTimeSeconds mines blocks by the clock, not by the transaction', async () => {
    const chain = await start({ blockTimeSeconds: 600 });
    const [from] = (await rpc(chain.rpcUrl, 'eth_accounts')) as string[];
    const hash = await rpc(chain.rpcUrl, 'eth_sendTransaction', [{ from, to: from, value: '0x1' }]);
    expect(await rpc(chain.rpcUrl, 'eth_getTransactionReceipt', [hash])).toBeNull();
  });

  test('behavior: chains started at once get ports of their own', async () => {
    const chains = await Promise.all([start(), start(), start()]);
    expect(new Set(chains.map((chain) => chain.port)).size).toBe(3);
  });

  test('behavior: stop resolves when the process is gone, and may be repeated', async () => {
    const chain = await start();
    await Promise.all([chain.stop(), chain.stop()]);
    expect(isAlive(chain.pid)).toBe(false);
    await chain.stop();
  });

  test('behavior: await using stops it', async () => {
    let pid: number;
    {
      await using chain = await startAnvil();
      pid = chain.pid;
    }
    expect(isAlive(pid)).toBe(false);
  });

  test('behavior: exited tells of a death that nobody asked for', async () => {
    const chain = await start();
    process.kill(chain.pid, 'SIGKILL');
    expect(await chain.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test('behavior: requests print nothing, so a blocked parent cannot block it', async () => {
    const chain = await start();
    const payload = Array.from({ length: 200 }, (_, id) => ({
      jsonrpc: '2.0',
      id,
      method: 'eth_chainId',
      params: [],
    }));
    const program = `
      const url = process.argv[1];
      for (let i = 0; i < 40; i++) {
        const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' },
          body: process.argv[2], signal: AbortSignal.timeout(20000) });
        await response.text();
      }`;
    const args = ['--input-type=module', '-e', program, chain.rpcUrl, JSON.stringify(payload)];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('behavior: it dies with a parent that is killed with kill -9', async () => {
    const { parent, pid } = await startInAnotherProcess();
    const gone = waitUntilGone(pid);
    parent.kill('SIGKILL');
    await gone;
  });

  test('behavior: it dies with a parent that leaves without stopping it', async () => {
    const { parent, pid } = await startInAnotherProcess();
    const gone = waitUntilGone(pid);
    parent.stdin?.end();
    await gone;
  });

  test('error: the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const error = await failure({ port });
    server.close();
    expect(error.code).toBe('ANVIL_START_FAILED');
    expect(error.message).toMatchInlineSnapshot(`
      "anvil ended before it answered.
      Found: Error: Address already in use (os error 98)
      Fix: correct the arguments, or give another port"
    `);
  });

  test('error: an argument that anvil does not know', async () => {
    const error = await failure({ args: ['--bogus'] });
    expect(error.code).toBe('ANVIL_START_FAILED');
    expect(error.message).toMatchInlineSnapshot(`
      "anvil ended before it answered.
      Found: error: unexpected argument '--bogus' found
      Fix: correct the arguments, or give another port"
    `);
  });

  test('error: no answer in time', async () => {
    const error = await failure({ timeoutMs: 1 });
    expect(error.code).toBe('ANVIL_START_TIMED_OUT');
    expect(error.shortMessage).toBe('anvil did not answer within 1 ms.');
  });

  test('error: given up', async () => {
    const error = await failure({ signal: AbortSignal.timeout(1) });
    expect(error.code).toBe('ANVIL_ABORTED');
    expect(error.message).toMatchInlineSnapshot(`
      "The start of anvil was given up.
      Fix: nothing to fix; start it again if it is still wanted"
    `);
  });
});

/** A Node process that starts a chain, prints its id, and leaves when its stdin ends. */
async function startInAnotherProcess(): Promise<{ parent: ChildProcess; pid: number }> {
  const program = `
    import { startAnvil } from ${JSON.stringify(new URL('start-anvil.ts', import.meta.url).href)};
    console.log((await startAnvil()).pid);
    process.stdin.resume().on('end', () => process.exit());`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(parent.stdout), 'line');
  return { parent, pid: Number(line) };
}

/** Resolves when the process is gone: it is nobody's child here, so there is no event to wait for. */
async function waitUntilGone(pid: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (isAlive(pid)) {
    if (Date.now() > deadline) throw new RangeError(`process ${pid} is still there`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
