import type { JsonObject } from '@snetkit/core';
import { applyFix } from './apply-fix.ts';
import type { Finding } from './finding.ts';

/** A document after everything was done that can be done without asking anybody. */
export interface FixedDocument {
  readonly document: JsonObject;
  /** The findings that are gone, in the order in which they were dealt with. */
  readonly fixed: readonly Finding[];
  /** What is left to people. */
  readonly findings: readonly Finding[];
}

/** Applies one fix after the other, and looks anew each time: fixes may shift each other's places. */
export function fixDocument(
  document: JsonObject,
  validate: (document: JsonObject) => Finding[],
): FixedDocument {
  const fixed: Finding[] = [];
  // No fix brings a finding back that has one; the limit only guards against a mistake in a table.
  for (let current = document, rounds = 0; ; rounds++) {
    const findings = validate(current);
    const next = findings.find(({ fix }) => fix !== undefined);
    if (next?.fix === undefined || rounds === 1000) return { document: current, fixed, findings };
    current = applyFix(current, next.fix);
    fixed.push(next);
  }
}
