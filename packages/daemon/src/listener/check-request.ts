import type { IncomingHttpHeaders } from 'node:http2';
import { type EndStatus, statusCode } from '../call/status.ts';
import { isGrpcContentType } from '../wire/content-type.ts';

/** Why a stream is no gRPC call. */
export interface RequestRefusal {
  /** HTTP status. */
  readonly httpStatus: number;
  readonly status: EndStatus;
}

/** Checks what every gRPC call must have (gRPC over HTTP/2, "Requests"); answers are those of gRPC for Go. */
export function checkRequest(headers: IncomingHttpHeaders): RequestRefusal | undefined {
  const contentType = headers['content-type'];
  if (!isGrpcContentType(contentType)) {
    return refuse(
      415,
      statusCode.invalidArgument,
      `invalid gRPC request content-type ${JSON.stringify(contentType ?? '')}`,
    );
  }
  const method = headers[':method'];
  if (method === 'POST') return undefined;
  return refuse(
    405,
    statusCode.internal,
    `Received a HEADERS frame with :method "${method}" which should be POST`,
  );
}

function refuse(httpStatus: number, code: number, message: string): RequestRefusal {
  return { httpStatus, status: { code, message } };
}
