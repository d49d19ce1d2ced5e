import type { EndStatus } from '../call/status.ts';
import type { UpstreamCall, UpstreamReceiver } from './upstream.ts';

/** A call that is over before it begins. */
export function endAtOnce(receiver: UpstreamReceiver, status: EndStatus): UpstreamCall {
  receiver.onEnd(status);
  return overCall;
}

const overCall: UpstreamCall = {
  write: () => true,
  finish() {},
  pause() {},
  resume() {},
  cancel() {},
};
