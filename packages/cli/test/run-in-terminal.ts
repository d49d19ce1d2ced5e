import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { launcher } from './run-snet.ts';

/** What a person types, each after the text that asks for it. */
export interface TerminalOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly answers: readonly (readonly [question: string, keys: string])[];
}

/** Runs `snet` in a real terminal (of `script`), and answers what it asks. */
export async function runInTerminal(
  args: readonly string[],
  { env, answers }: TerminalOptions,
): Promise<{ code: number; screen: string }> {
  const words = [process.execPath, '--conditions=@snetkit/source', launcher, ...args];
  const command = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: { ...process.env, ...env, TERM: 'xterm', COLUMNS: '120', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let screen = '';
  let answered = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    const [question, keys] = answers[answered] ?? [];
    if (question === undefined || keys === undefined || !screen.includes(question)) return;
    answered += 1;
    child.stdin.write(keys);
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, screen };
}
