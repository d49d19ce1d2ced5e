const base =
  'https://dev.singularitynet.io/docs/products/DecentralizedAIPlatform/Daemon/error-codes/';

/** Numbers of the documented errors of a daemon (daemon.md 11.1). */
export const daemonError = {
  serviceUnavailable: 1,
  invalidProto: 3,
  httpRequestBuild: 4,
  receiveMessage: 7,
} as const;

/** What the official daemon appends to a message: where the error is explained. */
export function helpUrl(number: number): string {
  return `\nAbout error & possible fixes: ${base}#_${number}`;
}
