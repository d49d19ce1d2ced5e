import type { Registry } from '@bufbuild/protobuf';
import type { Interceptor, Transport } from '@connectrpc/connect';
import type { TransactionJournal } from '@snetkit/contracts';
import type { ClientLedger } from '@snetkit/payments';

/** Messages as protobuf JSON, with the field names of the protos (sdk.md 8). */
export interface MessageCodec {
  readonly useBinaryFormat: false;
  readonly jsonOptions: { readonly registry: Registry; readonly useProtoFieldName: true };
}

/** A connection to the daemons of a group that many calls share. */
export interface Connection {
  /** The daemon that calls go to now. */
  readonly endpoint: string;
  /** Whether requests of several messages can be sent. */
  readonly canStreamRequests: boolean;
  /**
   * A transport on this connection whose calls pass through the interceptors; making one costs nothing.
   * Messages are protobuf, or JSON when a codec says so.
   */
  createTransport(interceptors: Interceptor[], codec?: MessageCodec): Transport;
  /** Ends what still runs on it. */
  close(): void;
}

/** How the daemons of a group are reached. */
export interface ConnectOptions {
  /** `http://` or `https://` URLs, in the order in which they are tried. */
  readonly endpoints: readonly [string, ...string[]];
  /** Longest message that is read, in bytes. */
  readonly maxMessageBytes: number;
}

/** Where ledger and journal are kept, when the configuration brings none. */
export interface OpenLedgerOptions {
  /** A folder; the user's state folder when left out. Browsers have none. */
  readonly directory: string | undefined;
}

/** What differs between Node and browsers: `#platform` leads to one of the two. */
export interface Platform {
  readonly name: 'node' | 'browser';
  connect(options: ConnectOptions): Connection;
  /** @throws BaseError `LEDGER_UNAVAILABLE` */
  openLedger(options: OpenLedgerOptions): ClientLedger;
  /**
   * Where transactions are written before they are sent; undefined where only memory is at hand.
   *
   * @throws BaseError `JOURNAL_UNAVAILABLE`
   */
  openJournal(options: OpenLedgerOptions): TransactionJournal | undefined;
}
