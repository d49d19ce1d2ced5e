import type { ChildProcess } from 'node:child_process';
import { AnvilError } from './anvil-error.ts';
import { multicall3 } from './multicall3.ts';

/** How much of what anvil printed is kept for a message about a failed start. */
const keptCharacters = 4_000;

/**
 * Reads the port from the line with which anvil reports that it listens, then asks for the chain
 * id until it answers. Resolves with the port.
 */
export async function waitUntilReady(
  child: ChildProcess,
  options: {
    chainId: number;
    multicall: boolean;
    timeoutMs: number;
    signal: AbortSignal | undefined;
  },
): Promise<number> {
  const { chainId, multicall, timeoutMs, signal } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const deadline = signal ? AbortSignal.any([timeout, signal]) : timeout;
  const printed = { text: '' };
  const late = () =>
    new AnvilError('ANVIL_START_TIMED_OUT', `anvil did not answer within ${timeoutMs} ms.`, {
      found: lastLine(printed.text),
      hint: 'allow more time with timeoutMs; a machine under heavy load needs longer',
    });

  const port = await readPort(child, printed, deadline, late);
  while (!(await answersAs(port, chainId, deadline))) {
    if (deadline.aborted) throw late();
    if (child.exitCode !== null || child.signalCode !== null) throw ended(printed.text);
  }
  // A line for every request would fill the pipe while this process is blocked in something.
  await ask(port, 'anvil_setLoggingEnabled', [false], deadline);
  if (multicall) await ask(port, 'anvil_setCode', [multicall3.address, multicall3.code], deadline);
  return port;
}

/** Resolves with the port; the listeners stay, because a full pipe would block anvil. */
function readPort(
  child: ChildProcess,
  printed: { text: string },
  deadline: AbortSignal,
  late: () => AnvilError,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed.text = (printed.text + chunk.toString('utf8')).slice(-keptCharacters);
      const port = /Listening on 127\.0\.0\.1:(\d+)\s/.exec(printed.text)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (cause) => reject(ended(cause.message, cause)));
    // 'close' comes after the last output, so that the message can quote it.
    child.once('close', () => reject(ended(printed.text)));
    deadline.addEventListener('abort', () => reject(late()), { once: true });
  });
}

async function answersAs(port: number, chainId: number, signal: AbortSignal): Promise<boolean> {
  return Number(await ask(port, 'eth_chainId', [], signal)) === chainId;
}

/** The result of a request, or nothing when there was no proper answer. */
async function ask(
  port: number,
  method: string,
  params: readonly unknown[],
  signal: AbortSignal,
): Promise<unknown> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal,
    });
    return ((await response.json()) as { result?: unknown }).result;
  } catch {
    return undefined;
  }
}

function ended(text: string, cause?: unknown): AnvilError {
  return new AnvilError('ANVIL_START_FAILED', 'anvil ended before it answered.', {
    found: lastLine(text),
    hint: 'correct the arguments, or give another port',
    cause,
  });
}

/** The line that says most: the one that anvil starts with "error", or else the last one. */
function lastLine(text: string): string | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.find((line) => /^error\b/i.test(line)) ?? lines.at(-1);
}
