import type { CallOptions, PaymentReceipt, ServiceClient } from '@snetkit/sdk';
import type { Output } from '../output/output.ts';
import { prettyJson } from '../output/pretty-json.ts';
import { stringifyPlain } from '../output/stringify-plain.ts';
import { type CallReport, describeReport, formatReport, roundMs } from './call-report.ts';
import { type InputSource, readMessage, readMessages } from './read-input.ts';

/** The call to make. */
export interface RunMethodOptions {
  readonly service: ServiceClient;
  /** Path of the method. */
  readonly method: string;
  readonly source: InputSource;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly timeoutMs: number | undefined;
}

/** Makes a call in the way its method streams, and prints the replies and what they cost. */
export async function runMethod(options: RunMethodOptions): Promise<void> {
  const { service, method, source, output, signal, timeoutMs } = options;
  const { token } = service;
  const { kind } = service.getMethod(method);
  let receipt: PaymentReceipt | undefined;
  const callOptions: CallOptions = {
    signal,
    timeoutMs,
    onPayment: (paid) => {
      receipt = paid;
    },
  };
  const repliesStream = kind === 'server_streaming' || kind === 'bidi_streaming';
  const requestsStream = kind === 'client_streaming' || kind === 'bidi_streaming';
  const message = requestsStream ? {} : await readMessage(source);
  const messages = readMessages(source);
  const started = performance.now();
  const report = (): CallReport => ({ receipt, elapsedMs: roundMs(performance.now() - started) });

  if (!repliesStream) {
    const result = requestsStream
      ? await service.clientStream(method, messages, callOptions)
      : await service.call(method, message, callOptions);
    const done = report();
    output.result({ result, ...describeReport(done, token) }, () =>
      prettyJson(result, output.columns),
    );
    if (!output.isJson) note(output, formatReport(done, token));
    return;
  }
  const replies = requestsStream
    ? service.bidi(method, messages, callOptions)
    : service.serverStream(method, message, callOptions);
  const tellReport = () => {
    const done = report();
    if (output.isJson) output.line(stringifyPlain(describeReport(done, token)));
    else note(output, formatReport(done, token));
  };
  try {
    for await (const reply of replies) {
      output.line(stringifyPlain(output.isJson ? { message: reply } : reply));
    }
  } finally {
    // Also of a stream that failed, or that somebody ended: it may have been charged.
    tellReport();
  }
}

function note(output: Output, text: string): void {
  output.note(output.noteStyle('dim', text));
}
