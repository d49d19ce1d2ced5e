import { STATUS_CODES } from 'node:http';
import { constants } from 'node:http2';
import { type EndStatus, statusCode } from '../call/status.ts';
import { isGrpcContentType } from '../wire/content-type.ts';

const byResetCode: Readonly<Record<number, readonly [name: string, code: number]>> = {
  [constants.NGHTTP2_NO_ERROR]: ['NO_ERROR', statusCode.internal],
  [constants.NGHTTP2_PROTOCOL_ERROR]: ['PROTOCOL_ERROR', statusCode.internal],
  [constants.NGHTTP2_INTERNAL_ERROR]: ['INTERNAL_ERROR', statusCode.internal],
  [constants.NGHTTP2_FLOW_CONTROL_ERROR]: ['FLOW_CONTROL_ERROR', statusCode.resourceExhausted],
  [constants.NGHTTP2_SETTINGS_TIMEOUT]: ['SETTINGS_TIMEOUT', statusCode.internal],
  [constants.NGHTTP2_STREAM_CLOSED]: ['STREAM_CLOSED', statusCode.internal],
  [constants.NGHTTP2_FRAME_SIZE_ERROR]: ['FRAME_SIZE_ERROR', statusCode.internal],
  [constants.NGHTTP2_REFUSED_STREAM]: ['REFUSED_STREAM', statusCode.unavailable],
  [constants.NGHTTP2_CANCEL]: ['CANCEL', statusCode.cancelled],
  [constants.NGHTTP2_COMPRESSION_ERROR]: ['COMPRESSION_ERROR', statusCode.internal],
  [constants.NGHTTP2_CONNECT_ERROR]: ['CONNECT_ERROR', statusCode.internal],
  [constants.NGHTTP2_ENHANCE_YOUR_CALM]: ['ENHANCE_YOUR_CALM', statusCode.resourceExhausted],
  // 7: PERMISSION_DENIED.
  [constants.NGHTTP2_INADEQUATE_SECURITY]: ['INADEQUATE_SECURITY', 7],
  [constants.NGHTTP2_HTTP_1_1_REQUIRED]: ['HTTP_1_1_REQUIRED', statusCode.internal],
};

/** The end of a call whose stream the upstream reset (gRPC over HTTP/2, "Errors"; texts as the official daemon passes them on). */
export function failureOfReset(resetCode: number): EndStatus {
  const [name, code] = byResetCode[resetCode] ?? [`${resetCode}`, statusCode.unknown];
  return { code, message: `stream terminated by RST_STREAM with error code: ${name}` };
}

const byHttpStatus: Readonly<Record<number, number>> = {
  400: statusCode.internal,
  401: statusCode.unauthenticated,
  403: 7,
  404: statusCode.unimplemented,
  429: statusCode.unavailable,
  502: statusCode.unavailable,
  503: statusCode.unavailable,
  504: statusCode.unavailable,
};

/**
 * The end of a call whose answer is no gRPC: an error page of a proxy, a service of another kind
 * (gRPC, "HTTP to gRPC Status Code Mapping").
 * @returns undefined when the answer is gRPC
 */
export function failureOfResponse(
  httpStatus: number | undefined,
  contentType: string | undefined,
): EndStatus | undefined {
  if (isGrpcContentType(contentType) && httpStatus === 200) return undefined;
  const faults: string[] = [];
  if (httpStatus !== 200) {
    faults.push(
      `unexpected HTTP status code received from server: ${httpStatus} (${STATUS_CODES[httpStatus ?? 0] ?? ''})`,
    );
  }
  if (contentType === undefined) faults.push('malformed header: missing HTTP content-type');
  else if (!isGrpcContentType(contentType)) {
    faults.push(`transport: received unexpected content-type "${contentType}"`);
  }
  return {
    code: byHttpStatus[httpStatus ?? 0] ?? statusCode.unknown,
    message: faults.join('; '),
  };
}
