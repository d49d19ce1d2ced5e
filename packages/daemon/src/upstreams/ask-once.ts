import { type EndStatus, statusCode } from '../call/status.ts';
import { FirstFrame } from '../wire/first-frame.ts';
import type { Upstream, UpstreamCall, UpstreamRequest } from './upstream.ts';

/** What {@link askOnce} got. */
export interface Asked {
  readonly status: EndStatus;
  /** The first message, in its frame. */
  readonly frame?: Buffer;
}

/** How long and how much {@link askOnce} waits for. */
export interface AskOptions {
  /** Gives the call up. */
  readonly signal: AbortSignal;
  /** Bytes of an answer beyond which it is none. */
  readonly maxBytes: number;
}

/** Asks an upstream one thing, with a message that is in its frame already. Nothing here throws. */
export function askOnce(
  upstream: Upstream,
  request: UpstreamRequest,
  message: Uint8Array,
  { signal, maxBytes }: AskOptions,
): Promise<Asked> {
  return new Promise((resolve) => {
    const frame = new FirstFrame();
    let length = 0;
    let call: UpstreamCall | undefined;
    let isOver = false;
    const end = (status: EndStatus) => {
      if (isOver) return;
      isOver = true;
      signal.removeEventListener('abort', onAbort);
      resolve({ status, ...(frame.isWhole && { frame: frame.bytes }) });
    };
    const giveUp = (code: number, message: string) => {
      call?.cancel();
      end({ code, message });
    };
    const onAbort = () => giveUp(statusCode.deadlineExceeded, 'context deadline exceeded');
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) return onAbort();
    call = upstream.open(request, {
      onHeaders() {},
      onData(chunk) {
        length += chunk.length;
        if (length > maxBytes) giveUp(statusCode.resourceExhausted, 'the answer is too large');
        else frame.push(chunk);
      },
      onEnd: end,
      onDrain() {},
    });
    if (isOver) return;
    // One message: there is nothing to hold back.
    call.write(message);
    call.finish();
  });
}
