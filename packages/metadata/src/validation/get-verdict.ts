import type { Finding, Judge } from './finding.ts';

/** Who can work with a document. */
export interface Verdict {
  /** The official daemon starts with it. */
  readonly daemonStarts: boolean;
  /** Calls can be paid and served: there is no error at all. */
  readonly callsWork: boolean;
  /** The validator of the official CLI accepts it. */
  readonly officialCliAccepts: boolean;
}

/** Sums findings up: who can work with the document that they are about. */
export function getVerdict(findings: readonly Finding[]): Verdict {
  const fine = (judge: Judge) => !findings.some(({ breaks }) => breaks.includes(judge));
  return {
    daemonStarts: fine('daemon'),
    callsWork: fine('daemon') && fine('calls'),
    officialCliAccepts: fine('official-cli'),
  };
}
