import { type ChildProcess, spawn } from 'node:child_process';
import { AnvilError } from './anvil-error.ts';
import { findAnvil } from './find-anvil.ts';
import { killWithParent } from './kill-with-parent.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** What the chain shall be like. */
export interface StartAnvilOptions {
  /** Chain id; 31337 when not given. */
  readonly chainId?: number | undefined;
  /** TCP port on 127.0.0.1; the kernel picks a free one when not given. */
  readonly port?: number | undefined;
  /** Seconds between blocks; without it every transaction makes a block at once. */
  readonly blockTimeSeconds?: number | undefined;
  /** Seed words of the funded accounts; anvil's well-known test words when not given. */
  readonly mnemonic?: string | undefined;
  /** Whether Multicall3 is where public chains have it; `false` when not given. */
  readonly multicall?: boolean | undefined;
  /** Further arguments of the program, `['--accounts', '20']` for example. */
  readonly args?: readonly string[] | undefined;
  /** Milliseconds until the first answer must be there; 20,000 when not given. */
  readonly timeoutMs?: number | undefined;
  /** Gives the start up; a chain that runs already is stopped with `stop()`. */
  readonly signal?: AbortSignal | undefined;
}

/** How the program ended. */
export interface AnvilExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running chain. */
export interface Anvil extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`; the same port speaks WebSocket. */
  readonly rpcUrl: string;
  readonly chainId: number;
  readonly port: number;
  /** Process id of anvil itself. */
  readonly pid: number;
  /** Settles when the program has ended, for whatever reason. */
  readonly exited: Promise<AnvilExit>;
  /** Ends the program and resolves when it is gone; may be called more than once. */
  stop(): Promise<void>;
}

/** How long anvil may take to end by itself before it is killed. */
const stopGraceMs = 3_000;

/**
 * Starts the real anvil on a loopback port and resolves when it answers JSON-RPC.
 * It dies with this process, even when that is killed. Throws `AnvilError`.
 *
 * @example
 * ```ts
 * await using chain = await startAnvil();
 * console.log(chain.rpcUrl);
 * ```
 */
export async function startAnvil(options: StartAnvilOptions = {}): Promise<Anvil> {
  const { chainId = 31337, port = 0, timeoutMs = 20_000, signal } = options;
  const { blockTimeSeconds, mnemonic, multicall = false, args = [] } = options;
  if (signal?.aborted) throw aborted(signal);

  const child = spawn(
    findAnvil(),
    [
      ...['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(chainId)],
      ...(blockTimeSeconds === undefined ? [] : ['--block-time', String(blockTimeSeconds)]),
      ...(mnemonic === undefined ? [] : ['--mnemonic', mnemonic]),
      ...args,
    ],
    {
      // A group of its own: Ctrl-C must reach us alone, so that we can end things in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  const exited = watchExit(child);
  const release = child.pid === undefined ? () => {} : killWithParent(child.pid);
  void exited.then(release);

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= end(child, exited);
    return stopping;
  };
  try {
    const bound = await waitUntilReady(child, { chainId, multicall, timeoutMs, signal });
    return {
      rpcUrl: `http://127.0.0.1:${bound}`,
      chainId,
      port: bound,
      pid: child.pid as number,
      exited,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw signal?.aborted ? aborted(signal) : error;
  }
}

function watchExit(child: ChildProcess): Promise<AnvilExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // Not started at all: there will be no exit event.
    child.once('error', () => child.pid === undefined && resolve({ code: null, signal: null }));
  });
}

async function end(child: ChildProcess, exited: Promise<AnvilExit>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
  await exited;
  clearTimeout(timer);
}

function aborted(signal: AbortSignal): AnvilError {
  return new AnvilError('ANVIL_ABORTED', 'The start of anvil was given up.', {
    hint: 'nothing to fix; start it again if it is still wanted',
    cause: signal.reason,
  });
}
