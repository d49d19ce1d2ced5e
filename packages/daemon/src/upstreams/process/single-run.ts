import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { type EndStatus, okStatus } from '../../call/status.ts';
import { encodeFramePrefix } from '../../wire/frame-prefix.ts';
import { FrameWatch } from '../../wire/frame-watch.ts';
import { tooLarge } from '../../wire/too-large.ts';
import { causeText } from '../cause-text.ts';
import { killGroup } from './kill-group.ts';
import { Lines } from './lines.ts';
import { exitText, processFailed } from './process-failed.ts';
import {
  givesStream,
  type ProgramEvents,
  type ProgramRun,
  type ProgramTask,
} from './program-run.ts';
import { type ProgramOptions, spawnProgram } from './spawn-program.ts';

/** A program that is started for one call: `<executable> <Method>`; its end is the end of the call. */
export class SingleRun implements ProgramRun {
  readonly #options: ProgramOptions;
  readonly #task: ProgramTask;
  readonly #events: ProgramEvents;
  readonly #child: ChildProcessWithoutNullStreams | undefined;
  readonly #watch: FrameWatch;
  /** The answer, when it is one message. */
  readonly #output: Buffer[] = [];
  #outputBytes = 0;
  #isOver = false;

  constructor(options: ProgramOptions, task: ProgramTask, events: ProgramEvents) {
    this.#options = options;
    this.#task = task;
    this.#events = events;
    this.#watch = new FrameWatch(options.maxMessageBytes);
    try {
      this.#child = this.#spawn();
    } catch (cause) {
      queueMicrotask(() => {
        this.#end(processFailed(causeText(cause), ''));
        events.onGone();
      });
    }
  }

  write(bytes: Uint8Array): boolean {
    const stdin = this.#child?.stdin;
    return stdin === undefined || stdin.destroyed || stdin.write(bytes);
  }

  end(): void {
    this.#child?.stdin.end();
  }

  pause(): void {
    // What is one message is held until it is whole anyway.
    if (givesStream(this.#task.method)) this.#child?.stdout.pause();
  }

  resume(): void {
    if (!this.#isOver) this.#child?.stdout.resume();
  }

  kill(): void {
    this.#isOver = true;
    const child = this.#child;
    if (child === undefined) return;
    if (child.exitCode === null && child.signalCode === null) killGroup(child.pid);
    // Nobody reads any more; what is still in there must not keep it from closing.
    child.stdout.resume();
  }

  #spawn(): ChildProcessWithoutNullStreams {
    const { env, executable, onLine } = this.#options;
    const { request, method } = this.#task;
    const payer = request.options.set['snet-user-address'];
    const payerEnv = payer === undefined ? env : { ...env, SNET_USER_ADDRESS: payer };
    const child = spawnProgram({ executable, env: payerEnv }, [method.name]);
    const lines = new Lines((line) => onLine(line, request.path));
    child.stderr.on('data', (chunk: Buffer) => lines.push(chunk));
    child.stderr.on('end', () => lines.end());
    // A program need not read all that it is given.
    child.stdin.on('error', () => this.#events.onDrain());
    child.stdin.on('drain', () => this.#events.onDrain());
    child.stdout.on('data', (chunk: Buffer) => this.#onOutput(chunk));
    child.on('error', (cause) => this.#end(processFailed(causeText(cause), '')));
    child.on('close', (code, signal) => {
      if (!this.#isOver) this.#end(this.#conclude(code, signal));
      this.#events.onGone();
    });
    return child;
  }

  #onOutput(chunk: Buffer): void {
    if (this.#isOver) return;
    const { maxMessageBytes } = this.#options;
    if (givesStream(this.#task.method)) {
      const excess = this.#watch.push(chunk);
      if (excess === undefined) this.#events.onData(chunk);
      else this.#end(tooLarge(excess, maxMessageBytes));
      return;
    }
    this.#outputBytes += chunk.length;
    if (this.#outputBytes > maxMessageBytes) {
      this.#end(tooLarge(this.#outputBytes, maxMessageBytes));
    } else this.#output.push(chunk);
  }

  /** Gives what is left of the answer, and tells how it ended. */
  #conclude(code: number | null, signal: NodeJS.Signals | null): EndStatus {
    if (code !== 0) return processFailed(exitText(code, signal), this.#shownOutput());
    if (!this.#watch.isBetween) return processFailed('half a message at the end', '');
    if (!givesStream(this.#task.method)) {
      this.#events.onData(encodeFramePrefix(this.#outputBytes));
      for (const chunk of this.#output) this.#events.onData(chunk);
    }
    return okStatus;
  }

  #shownOutput(): string {
    const text = Buffer.concat(this.#output).toString('utf8');
    return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}...`;
  }

  #end(status: EndStatus): void {
    if (this.#isOver) return;
    this.kill();
    this.#events.onEnd(status);
  }
}

/** So much of what a failed program has written goes on to the client. */
const shownCharacters = 1024;
