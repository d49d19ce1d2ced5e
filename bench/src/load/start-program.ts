import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program beside this process that speaks in lines of JSON. */
export interface Program<Line> {
  /** The next line that it prints. */
  hear(): Promise<Line>;
  tell(line: unknown): void;
  /** It ends when its input does. */
  stop(): void;
}

/** Starts a program; `command` is the program and its arguments. It ends with this process. */
export function startProgram<Line>(command: readonly string[]): Program<Line> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async hear() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the program ended: ${command.join(' ')}`);
      return JSON.parse(value) as Line;
    },
    tell: (line) => void child.stdin.write(`${JSON.stringify(line)}\n`),
    stop: () => void child.stdin.end(),
  };
}
