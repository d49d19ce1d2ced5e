import type { OutgoingHttpHeaders } from 'node:http2';
import type { EndStatus } from '../call/status.ts';
import { encodeGrpcMessage } from '../wire/grpc-message.ts';

/** Writes the end of a call as trailing header fields into `target`; a code such as 1000 goes out as the number that it is. */
export function putStatus(target: OutgoingHttpHeaders, status: EndStatus): OutgoingHttpHeaders {
  for (const name in status.trailers) target[name] = status.trailers[name] as string | string[];
  target['grpc-status'] = `${status.code}`;
  if (status.message !== '') target['grpc-message'] = encodeGrpcMessage(status.message);
  return target;
}
