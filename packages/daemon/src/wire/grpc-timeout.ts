const unitMilliseconds: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
};

const format = /^(\d{1,8})([HMSmun])$/;

// Eight digits is all that the field may have.
const maxValue = 99_999_999;

/**
 * Reads a `grpc-timeout` field (gRPC over HTTP/2, "Timeout").
 * @returns milliseconds, or undefined when the field is malformed
 */
export function parseGrpcTimeout(field: string): number | undefined {
  const match = format.exec(field);
  if (match === null) return undefined;
  return Number(match[1]) * (unitMilliseconds[match[2] as string] as number);
}

/** Writes milliseconds as a `grpc-timeout` field, rounded up; never less than one millisecond. */
export function formatGrpcTimeout(milliseconds: number): string {
  const whole = Math.max(1, Math.ceil(milliseconds));
  if (whole <= maxValue) return `${whole}m`;
  return `${Math.min(maxValue, Math.ceil(whole / 1000))}S`;
}
