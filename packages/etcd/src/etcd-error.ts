/** What can go wrong while a cluster is started. */
export type EtcdErrorCode =
  | 'ETCD_MISSING'
  | 'ETCD_REFUSED'
  | 'ETCD_START_FAILED'
  | 'ETCD_START_TIMED_OUT';

/** The error of this package, with the `code` and `hint` that all errors of this repository have. */
export class EtcdError extends Error {
  override readonly name = 'EtcdError';
  readonly code: EtcdErrorCode;
  /** How to repair it. */
  readonly hint: string;

  constructor(code: EtcdErrorCode, message: string, options: { hint: string; found?: string }) {
    const { hint, found } = options;
    super([message, ...(found ? [`Found: ${found}`] : []), `Fix: ${hint}`].join('\n'));
    this.code = code;
    this.hint = hint;
  }
}
