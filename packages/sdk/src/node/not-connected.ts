/** Nothing was sent: `ENOTCONN` tells those who must know whether a payment may have arrived. */
export function notConnected(endpoint: string, what: string): NodeJS.ErrnoException {
  const error: NodeJS.ErrnoException = new Error(`connection to ${endpoint}: ${what}`);
  error.code = 'ENOTCONN';
  return error;
}
