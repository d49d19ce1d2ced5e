/** What a look at one thing came to. */
export interface Finding {
  /** `fail`: the daemon will not serve as it should. `skip`: nothing to look at, or not before something else is mended. */
  readonly status: 'ok' | 'warn' | 'fail' | 'skip';
  /** What was found, one line, without secrets. */
  readonly text: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** A look at one thing that serving needs. */
export interface Check {
  readonly name: string;
  /**
   * @returns one finding or several
   * @throws BaseError, which counts as a failure
   */
  run(signal: AbortSignal): Promise<Finding | readonly Finding[]>;
}

/** A finding, by the name of its check. */
export interface NamedFinding extends Finding {
  readonly name: string;
}
