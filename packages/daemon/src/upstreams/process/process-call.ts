import { type EndStatus, statusCode } from '../../call/status.ts';
import { causeText } from '../cause-text.ts';
import { readSingle } from '../read-single.ts';
import type { UpstreamCall, UpstreamReceiver } from '../upstream.ts';
import { UpstreamFailure } from '../upstream-failure.ts';
import type { ProgramRun, ProgramTask, StartRun } from './program-run.ts';
import { RequestInput } from './request-input.ts';
import type { Slots } from './slots.ts';

/** What all calls to one program share. */
export interface ProcessContext {
  readonly startRun: StartRun;
  /** Whether a request that is one message stands in its frame, too. */
  readonly isFramed: boolean;
  readonly slots: Slots;
  /** Milliseconds that a call may take whose client gave no deadline. */
  readonly serviceTimeoutMs: number;
  readonly maxMessageBytes: number;
  onStart(call: ProcessCall): void;
  onGone(call: ProcessCall): void;
}

/** One call that a program works on, when it is its turn. */
export class ProcessCall implements UpstreamCall {
  readonly #context: ProcessContext;
  readonly #task: ProgramTask;
  readonly #receiver: UpstreamReceiver;
  readonly #input: RequestInput;
  #giveSlotBack: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #run: ProgramRun | undefined;
  readonly #closed = Promise.withResolvers<void>();
  /** What was written before there was a program, and whether that was all. */
  readonly #early: Uint8Array[] = [];
  #isRequestWhole = false;
  #hasHeaders = false;
  #isOver = false;

  constructor(context: ProcessContext, task: ProgramTask, receiver: UpstreamReceiver) {
    this.#context = context;
    this.#task = task;
    this.#receiver = receiver;
    const { kind } = task.method;
    this.#input = new RequestInput(
      {
        isStream: kind === 'client_streaming' || kind === 'bidi_streaming',
        isFramed: context.isFramed,
        encoding: readSingle(task.request.metadata['grpc-encoding']),
        maxMessageBytes: context.maxMessageBytes,
      },
      {
        write: (bytes) => this.#run?.write(bytes) ?? true,
        end: () => this.#run?.end(),
        fail: (cause) => this.#end(statusOf(cause)),
        onIdle: () => this.#onDrain(),
      },
    );
  }

  start(): void {
    const { slots, serviceTimeoutMs, onStart } = this.#context;
    onStart(this);
    if (this.#task.request.deadline === undefined) {
      this.#timer = setTimeout(() => this.#expire(), serviceTimeoutMs);
    }
    this.#giveSlotBack = slots.take(() => this.#begin());
  }

  write(chunk: Uint8Array): boolean {
    if (this.#isOver) return true;
    if (this.#run !== undefined) return this.#input.push(chunk);
    this.#early.push(chunk);
    return false;
  }

  finish(): void {
    this.#isRequestWhole = true;
    if (!this.#isOver && this.#run !== undefined) this.#input.end();
  }

  pause(): void {
    this.#run?.pause();
  }

  resume(): void {
    if (!this.#isOver) this.#run?.resume();
  }

  cancel(): void {
    this.#giveUp();
  }

  /** Ends the call and resolves when its program is gone. */
  async stop(status: EndStatus): Promise<void> {
    this.#end(status);
    await this.#closed.promise;
  }

  #begin(): void {
    this.#run = this.#context.startRun(this.#task, {
      onData: (chunk) => {
        if (this.#isOver) return;
        this.#giveHeaders();
        this.#receiver.onData(chunk);
      },
      onDrain: () => this.#onDrain(),
      onEnd: (status) => {
        if (status.code === statusCode.ok && !this.#isOver) this.#giveHeaders();
        this.#end(status);
      },
      onGone: () => this.#onGone(),
    });
    this.#sendEarly();
  }

  #sendEarly(): void {
    if (this.#early.length === 0) {
      if (this.#isRequestWhole) this.#input.end();
      return;
    }
    let isWritable = true;
    for (const chunk of this.#early) isWritable = this.#input.push(chunk);
    this.#early.length = 0;
    if (this.#isRequestWhole) this.#input.end();
    else if (isWritable) this.#onDrain();
  }

  #onDrain(): void {
    if (!this.#isOver) this.#receiver.onDrain();
  }

  #giveHeaders(): void {
    if (this.#hasHeaders) return;
    this.#hasHeaders = true;
    this.#receiver.onHeaders({});
  }

  /** A client that keeps its side open for as long as the program may take wants this end. */
  #expire(): void {
    const isClients = this.#run !== undefined && !this.#input.isWhole;
    this.#end(isClients ? { ...expired, isClients: true } : expired);
  }

  /** Ends the call, well or not. */
  #end(status: EndStatus): void {
    if (this.#isOver) return;
    this.#giveUp();
    this.#receiver.onEnd(status);
  }

  /** Gives everything up. */
  #giveUp(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    if (this.#run === undefined) this.#onGone();
    else this.#run.kill();
  }

  #onGone(): void {
    this.#giveSlotBack?.();
    this.#context.onGone(this);
    this.#closed.resolve();
  }
}

const expired: EndStatus = {
  code: statusCode.deadlineExceeded,
  message: 'context deadline exceeded',
};

function statusOf(cause: unknown): EndStatus {
  if (cause instanceof UpstreamFailure) return cause.status;
  return { code: statusCode.unknown, message: cause === undefined ? 'EOF' : causeText(cause) };
}
