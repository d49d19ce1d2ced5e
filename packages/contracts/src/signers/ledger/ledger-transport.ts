/**
 * The connection to a Ledger device: any transport of `@ledgerhq/hw-transport-*`, such as
 * `TransportWebHID` in a browser, or `openLedger` of `@snetkit/contracts/node`.
 */
export interface LedgerTransport {
  /**
   * Sends one APDU and returns the answer with its status; throws an error with the `statusCode` when that
   * is not 0x9000.
   */
  send(cla: number, ins: number, p1: number, p2: number, data?: Uint8Array): Promise<Uint8Array>;
}
