import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { type EndStatus, okStatus, statusCode } from '../../call/status.ts';
import { encodeFramePrefix } from '../../wire/frame-prefix.ts';
import { FrameWatch } from '../../wire/frame-watch.ts';
import { tooLarge } from '../../wire/too-large.ts';
import { causeText } from '../cause-text.ts';
import type { FoundMethod } from '../find-service-method.ts';
import { readSingle } from '../read-single.ts';
import type { UpstreamCall, UpstreamReceiver, UpstreamRequest } from '../upstream.ts';
import { UpstreamFailure } from '../upstream-failure.ts';
import { killGroup } from './kill-group.ts';
import { Lines } from './lines.ts';
import { RequestInput } from './request-input.ts';
import type { Slots } from './slots.ts';

/** What all calls to one program share. */
export interface ProcessContext {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
  readonly slots: Slots;
  /** Milliseconds that a call may take whose client gave no deadline. */
  readonly serviceTimeoutMs: number;
  readonly maxMessageBytes: number;
  /** Told of each line that a program writes to its standard error. */
  onLine(line: string, path: string): void;
  onStart(call: ProcessCall): void;
  onGone(call: ProcessCall): void;
}

/** What one call is made of. */
export interface ProcessCallParts {
  readonly request: UpstreamRequest;
  readonly receiver: UpstreamReceiver;
  readonly method: FoundMethod;
}

/** One call: one run of the program. */
export class ProcessCall implements UpstreamCall {
  readonly #context: ProcessContext;
  readonly #parts: ProcessCallParts;
  readonly #isInputStream: boolean;
  readonly #isOutputStream: boolean;
  readonly #input: RequestInput;
  readonly #watch: FrameWatch;
  #giveSlotBack = () => {};
  #timer: NodeJS.Timeout | undefined;
  #child: ChildProcessWithoutNullStreams | undefined;
  readonly #closed = Promise.withResolvers<void>();
  /** What was written before there was a program, and whether that was all. */
  readonly #early: Uint8Array[] = [];
  #isRequestWhole = false;
  /** The answer, when it is one message. */
  readonly #output: Buffer[] = [];
  #outputBytes = 0;
  #hasHeaders = false;
  #isOver = false;

  constructor(context: ProcessContext, parts: ProcessCallParts) {
    this.#context = context;
    this.#parts = parts;
    const { request, method } = parts;
    this.#isInputStream = method.kind === 'client_streaming' || method.kind === 'bidi_streaming';
    this.#isOutputStream = method.kind === 'server_streaming' || method.kind === 'bidi_streaming';
    this.#watch = new FrameWatch(context.maxMessageBytes);
    this.#input = new RequestInput(
      {
        isStream: this.#isInputStream,
        encoding: readSingle(request.metadata['grpc-encoding']),
        maxMessageBytes: context.maxMessageBytes,
      },
      {
        write: (bytes) => this.#writeInput(bytes),
        end: () => this.#child?.stdin.end(),
        fail: (cause) => this.#end(statusOf(cause)),
        onIdle: () => this.#onDrain(),
      },
    );
  }

  start(): void {
    const { slots, serviceTimeoutMs, onStart } = this.#context;
    onStart(this);
    if (this.#parts.request.deadline === undefined) {
      this.#timer = setTimeout(() => this.#expire(), serviceTimeoutMs);
    }
    this.#giveSlotBack = slots.take(() => this.#spawn());
    // What cannot be spawned is over already.
    if (this.#isOver && this.#child === undefined) this.#giveSlotBack();
  }

  write(chunk: Uint8Array): boolean {
    if (this.#isOver) return true;
    if (this.#child !== undefined) return this.#input.push(chunk);
    this.#early.push(chunk);
    return false;
  }

  finish(): void {
    this.#isRequestWhole = true;
    if (!this.#isOver && this.#child !== undefined) this.#input.end();
  }

  pause(): void {
    if (this.#isOutputStream) this.#child?.stdout.pause();
  }

  resume(): void {
    if (!this.#isOver) this.#child?.stdout.resume();
  }

  cancel(): void {
    this.#giveUp();
  }

  /** Ends the call and resolves when its program is gone. */
  async stop(status: EndStatus): Promise<void> {
    this.#end(status);
    await this.#closed.promise;
  }

  #spawn(): void {
    const { executable, env, onLine } = this.#context;
    const { request, method } = this.#parts;
    let child: ChildProcessWithoutNullStreams;
    try {
      // A group of its own, which ends as a whole.
      const options = { env: { ...env, ...payerOf(request) }, detached: true };
      child = spawn(executable, [method.name], { ...options, stdio: 'pipe' });
    } catch (cause) {
      this.#end(failed(causeText(cause), ''));
      return;
    }
    this.#child = child;
    const lines = new Lines((line) => onLine(line, request.path));
    child.stderr.on('data', (chunk: Buffer) => lines.push(chunk));
    child.stderr.on('end', () => lines.end());
    // A program need not read all that it is given.
    child.stdin.on('error', () => this.#onDrain());
    child.stdin.on('drain', () => this.#onDrain());
    child.stdout.on('data', (chunk: Buffer) => this.#onOutput(chunk));
    child.on('error', (cause) => this.#end(failed(causeText(cause), '')));
    // What it started and left behind would keep its output open.
    child.on('exit', () => setTimeout(() => killGroup(child.pid), farewellMs).unref());
    child.on('close', (code, signal) => this.#onClose(code, signal));
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

  #writeInput(bytes: Uint8Array): boolean {
    const stdin = this.#child?.stdin;
    return stdin === undefined || stdin.destroyed || stdin.write(bytes);
  }

  #onDrain(): void {
    if (!this.#isOver) this.#parts.receiver.onDrain();
  }

  #onOutput(chunk: Buffer): void {
    if (this.#isOver) return;
    const { maxMessageBytes } = this.#context;
    if (this.#isOutputStream) {
      const excess = this.#watch.push(chunk);
      if (excess !== undefined) this.#end(tooLarge(excess, maxMessageBytes));
      else {
        this.#giveHeaders();
        this.#parts.receiver.onData(chunk);
      }
      return;
    }
    this.#outputBytes += chunk.length;
    if (this.#outputBytes > maxMessageBytes) {
      this.#end(tooLarge(this.#outputBytes, maxMessageBytes));
    } else this.#output.push(chunk);
  }

  #onClose(code: number | null, signal: NodeJS.Signals | null): void {
    this.#onGone();
    if (this.#isOver) return;
    this.#end(this.#conclude(code, signal));
  }

  /** Gives what is left of the answer, and tells how it ended. */
  #conclude(code: number | null, signal: NodeJS.Signals | null): EndStatus {
    const cause = code === null ? `signal: ${signal}` : `exit status ${code}`;
    if (code !== 0) return failed(cause, this.#shownOutput());
    if (!this.#watch.isBetween) return failed('half a message at the end', '');
    this.#giveHeaders();
    if (!this.#isOutputStream) {
      this.#parts.receiver.onData(encodeFramePrefix(this.#outputBytes));
      for (const chunk of this.#output) this.#parts.receiver.onData(chunk);
    }
    return okStatus;
  }

  #giveHeaders(): void {
    if (this.#hasHeaders) return;
    this.#hasHeaders = true;
    this.#parts.receiver.onHeaders({});
  }

  #shownOutput(): string {
    const text = Buffer.concat(this.#output).toString('utf8');
    return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}...`;
  }

  /** A client that keeps its side open for as long as the program may take wants this end. */
  #expire(): void {
    const isClients = this.#child !== undefined && !this.#input.isWhole;
    this.#end(isClients ? { ...expired, isClients: true } : expired);
  }

  /** Ends the call, well or not. */
  #end(status: EndStatus): void {
    if (this.#isOver) return;
    this.#giveUp();
    this.#parts.receiver.onEnd(status);
  }

  /** Gives everything up. */
  #giveUp(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === undefined) {
      this.#onGone();
      return;
    }
    if (child.exitCode === null && child.signalCode === null) killGroup(child.pid);
    // Nobody reads any more; what is still in there must not keep it from closing.
    child.stdout.resume();
  }

  #onGone(): void {
    this.#giveSlotBack();
    this.#context.onGone(this);
    this.#closed.resolve();
  }
}

const farewellMs = 200;
/** So much of what a failed program has written goes on to the client. */
const shownCharacters = 1024;

const expired: EndStatus = {
  code: statusCode.deadlineExceeded,
  message: 'context deadline exceeded',
};

function statusOf(cause: unknown): EndStatus {
  if (cause instanceof UpstreamFailure) return cause.status;
  return { code: statusCode.unknown, message: cause === undefined ? 'EOF' : causeText(cause) };
}

/** Who pays, for the program to see. */
function payerOf({ options }: UpstreamRequest): Record<string, string> {
  const payer = options.set['snet-user-address'];
  return payer === undefined ? {} : { SNET_USER_ADDRESS: payer };
}

/** Text of the official daemon (daemon.md 7.4). */
function failed(cause: string, output: string): EndStatus {
  return {
    code: statusCode.internal,
    message: `process failed: ${cause}; output=${output.toWellFormed()}`,
  };
}
