import { BinaryWriter } from '@bufbuild/protobuf/wire';

/** Name of the message, as error details carry it. */
export const retryInfoType = 'google.rpc.RetryInfo';

/** `google.rpc.RetryInfo` of so many milliseconds, as bytes. */
export function encodeRetryInfo(waitMs: number): Uint8Array {
  const ms = Math.ceil(waitMs);
  const duration = new BinaryWriter()
    .tag(1, 0)
    .int64(Math.floor(ms / 1000))
    .tag(2, 0)
    .int32((ms % 1000) * 1_000_000)
    .finish();
  return new BinaryWriter().tag(1, 2).bytes(duration).finish();
}

/** `google.rpc.Status` with the delay as its only detail: what `grpc-status-details-bin` holds. */
export function encodeRetryStatus(options: {
  readonly code: number;
  readonly message: string;
  readonly waitMs: number;
}): Uint8Array {
  const { code, message, waitMs } = options;
  const detail = new BinaryWriter()
    .tag(1, 2)
    .string(`type.googleapis.com/${retryInfoType}`)
    .tag(2, 2)
    .bytes(encodeRetryInfo(waitMs))
    .finish();
  return new BinaryWriter()
    .tag(1, 0)
    .int32(code)
    .tag(2, 2)
    .string(message)
    .tag(3, 2)
    .bytes(detail)
    .finish();
}
