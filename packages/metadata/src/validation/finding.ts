import type { DocumentFix } from './document-fix.ts';
import type { FindingCode } from './finding-codes.ts';

/**
 * Who suffers from a fault: `daemon`, the official daemon does not start; `calls`, it starts, but
 * calls cannot be paid or served; `official-cli`, the validator of the official CLI refuses the
 * document, though it works.
 */
export type Judge = 'daemon' | 'calls' | 'official-cli';

/**
 * How bad a finding is: `error` when the daemon does not start or calls cannot work, `warning` when
 * somebody should look at it, `compat` when only official tools refuse it (protocol/metadata.md 9).
 */
export type Level = 'error' | 'warning' | 'compat';

/** One thing that a validator has to say about a document. */
export interface Finding {
  readonly level: Level;
  /** Stable name of the rule. */
  readonly code: FindingCode;
  /** Where, as a JSON pointer (RFC 6901); empty for the whole document. A missing key has one, too. */
  readonly pointer: string;
  /** One sentence. */
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
  /** Who suffers; nobody in the case of a mere warning. */
  readonly breaks: readonly Judge[];
  /** What a person can do, where that is not obvious. */
  readonly hint?: string;
  /** What can be done without asking anybody. */
  readonly fix?: DocumentFix;
}
