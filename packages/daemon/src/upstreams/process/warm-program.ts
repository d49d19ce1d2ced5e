import { readFileSync } from 'node:fs';
import { type EndStatus, okStatus } from '../../call/status.ts';
import { causeText } from '../cause-text.ts';
import { killGroup } from './kill-group.ts';
import { Lines } from './lines.ts';
import { exitText, processFailed } from './process-failed.ts';
import type { ProgramEvents, ProgramRun, ProgramTask } from './program-run.ts';
import { type ProgramOptions, spawnProgram } from './spawn-program.ts';
import { encodeWarmFrame, WarmOutput, warmFrame } from './warm-frames.ts';

/** The call that a program works on. */
interface Work {
  readonly events: ProgramEvents;
  isRequestWhole: boolean;
  /** Whether its end was told. */
  isOver: boolean;
}

/** A program that is kept: it works on one call after the other. */
export class WarmProgram {
  readonly startedAt = performance.now();
  /** Calls that it has finished. */
  calls = 0;
  readonly #options: ProgramOptions;
  readonly #child: ReturnType<typeof spawnProgram>;
  readonly #onFree: () => void;
  readonly #output: WarmOutput;
  #lines: Lines;
  #work: Work | undefined;
  #isDead = false;

  /**
   * Starts it.
   *
   * @param on.free - a call is over, and the next one may come
   * @param on.dead - it ends, whoever's doing it is; the process may still be there for a moment
   * @param on.gone - the process is gone
   * @throws Error when it cannot even be tried
   */
  constructor(
    options: ProgramOptions,
    on: { free(program: WarmProgram): void; dead(program: WarmProgram): void; gone(): void },
  ) {
    this.#options = options;
    this.#onFree = () => on.free(this);
    this.#lines = this.#listen('');
    this.#output = new WarmOutput(options, {
      onData: (chunk) => {
        if (this.#work === undefined) this.destroy();
        else this.#work.events.onData(chunk);
      },
      onAnswered: (failure) => this.#finish(failure),
      onBroken: (status) => this.#fail(status),
    });
    const env = { ...options.env, SNET_WARM: '1' };
    const child = spawnProgram({ executable: options.executable, env }, []);
    this.#child = child;
    child.stderr.on('data', (chunk: Buffer) => this.#lines.push(chunk));
    child.stdin.on('error', () => {});
    child.stdin.on('drain', () => this.#work?.events.onDrain());
    child.stdout.on('data', (chunk: Buffer) => {
      if (!this.#isDead) this.#output.push(chunk);
    });
    let cause: string | undefined;
    child.on('error', (error) => {
      cause = causeText(error);
    });
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
      const wasDead = this.#isDead;
      this.#isDead = true;
      if (!wasDead) on.dead(this);
      this.#end(processFailed(cause ?? exitText(code, signal), ''));
    };
    child.on('close', (code, signal) => {
      onExit(code, signal);
      this.#lines.end();
      on.gone();
    });
    this.#onDestroy = () => {
      if (this.#isDead) return;
      this.#isDead = true;
      killGroup(child.pid);
      child.stdout.resume();
      on.dead(this);
    };
  }

  readonly #onDestroy: () => void;

  /** Gives it a call; only when it is free. */
  serve({ request, method }: ProgramTask, events: ProgramEvents): ProgramRun {
    const payer = request.options.set['snet-user-address'];
    const work: Work = { events, isRequestWhole: false, isOver: false };
    this.#work = work;
    this.#lines.end();
    this.#lines = this.#listen(request.path);
    const task = { method: method.name, ...(payer !== undefined && { user: payer }) };
    const { stdin, stdout } = this.#child;
    const isMine = () => this.#work === work && !stdin.destroyed;
    stdin.write(encodeWarmFrame(warmFrame.call, JSON.stringify(task)));
    return {
      write: (bytes) => !isMine() || stdin.write(bytes),
      end: () => {
        work.isRequestWhole = true;
        if (isMine()) stdin.write(encodeWarmFrame(warmFrame.end));
      },
      pause: () => void (isMine() && stdout.pause()),
      resume: () => void (isMine() && stdout.resume()),
      // What it makes of half a call nobody knows: it goes with it.
      kill: () => {
        if (this.#work === work) this.#fail(undefined);
      },
    };
  }

  /** Ends it, whatever it does. */
  destroy(): void {
    this.#onDestroy();
  }

  /** Bytes of memory that it has; 0 where the system does not tell. */
  get residentBytes(): number {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
    } catch {
      return 0;
    }
  }

  #listen(path: string): Lines {
    return new Lines((line) => this.#options.onLine(line, path));
  }

  #finish(failure: string | undefined): void {
    const work = this.#work;
    if (work === undefined) {
      this.destroy();
      return;
    }
    this.calls++;
    // The rest of a request that it does not want would be taken for the next one.
    if (!work.isRequestWhole) this.destroy();
    this.#work = undefined;
    this.#child.stdout.resume();
    work.events.onEnd(failure === undefined ? okStatus : processFailed(failure, ''));
    if (!this.#isDead) this.#onFree();
    work.events.onGone();
  }

  /** Ends program and call. */
  #fail(status: EndStatus | undefined): void {
    this.destroy();
    const work = this.#work;
    if (work === undefined || work.isOver) return;
    // Its place is free when the process is gone.
    work.isOver = true;
    if (status !== undefined) work.events.onEnd(status);
  }

  /** The process is gone. */
  #end(status: EndStatus): void {
    const work = this.#work;
    this.#work = undefined;
    if (work?.isOver === false) work.events.onEnd(status);
    work?.events.onGone();
  }
}
