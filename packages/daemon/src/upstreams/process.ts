import { statusCode } from '../call/status.ts';
import { endAtOnce } from './ended-call.ts';
import { findServiceMethod } from './find-service-method.ts';
import { ProcessCall, type ProcessContext } from './process/process-call.ts';
import { SingleRun } from './process/single-run.ts';
import { createSlots } from './process/slots.ts';
import type { ProgramOptions } from './process/spawn-program.ts';
import { createWarmPool, type WarmOptions } from './process/warm-pool.ts';
import type { ServiceMethods } from './service-methods.ts';
import { unknownServiceMethod } from './unknown-service-method.ts';
import type { Upstream } from './upstream.ts';

/** What makes an upstream of processes. */
export interface ProcessUpstreamOptions {
  /** The program (`executable_path`). */
  readonly executable: string;
  /** Undefined when the protos do not compile: then any name goes, and is unary. */
  readonly methods: ServiceMethods | undefined;
  /** Programs that may run at once; calls beyond wait. */
  readonly maxProcesses: number;
  readonly serviceTimeoutMs: number;
  readonly maxMessageBytes: number;
  /** What the program sees of this process' environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told of each line that a program writes to its standard error. */
  readonly onLine: ProgramOptions['onLine'];
  /** Given, programs are kept for more than one call and speak in frames. */
  readonly warm?: WarmOptions | undefined;
}

/**
 * Starts a program for each call: `<executable> <Method>`, message on standard input, answer on
 * standard output (daemon.md 7.4). No shell is involved. On a side that is a stream, messages are
 * framed as in gRPC: one byte 0, four bytes of length, then the message.
 */
export function createProcessUpstream(options: ProcessUpstreamOptions): Upstream {
  const { methods, executable, serviceTimeoutMs, maxMessageBytes, onLine } = options;
  const slots = createSlots(options.maxProcesses);
  const running = new Set<ProcessCall>();
  const program = { executable, maxMessageBytes, onLine, env: withoutSettings(options.env) };
  const pool = options.warm && createWarmPool(program, options.warm);
  const context: ProcessContext = {
    ...{ serviceTimeoutMs, maxMessageBytes, slots },
    isFramed: pool !== undefined,
    startRun: pool?.start ?? ((task, events) => new SingleRun(program, task, events)),
    onStart: (call) => running.add(call),
    onGone: (call) => running.delete(call),
  };
  return {
    open(request, receiver) {
      const method = findServiceMethod(request.path, methods);
      if (method === undefined) return endAtOnce(receiver, unknownServiceMethod(request.path));
      const call = new ProcessCall(context, { request, method }, receiver);
      call.start();
      return call;
    },
    async close() {
      const stopping = { code: statusCode.unavailable, message: 'the daemon is stopping' };
      await Promise.all([...running].map((call) => call.stop(stopping)));
      await pool?.close();
    },
  };
}

/** The daemon's own settings may be secrets. */
function withoutSettings(env: ProcessUpstreamOptions['env']): Record<string, string> {
  const entries = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || /^SNET(?:KIT)?_/i.test(name) ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
