import type { JsonValue } from '@snetkit/core';
import { describeValue } from '../documents/describe-value.ts';
import { formatPointer } from '../documents/json-pointer.ts';
import type { DocumentFix } from './document-fix.ts';
import type { Finding, Judge, Level } from './finding.ts';
import { type FindingCode, findingCodes } from './finding-codes.ts';

/** What a rule tells about a place that breaks it. */
export interface Fault {
  readonly code: FindingCode;
  readonly at: readonly (string | number)[];
  readonly breaks: readonly Judge[];
  readonly level?: Level | undefined;
  readonly message?: string | undefined;
  readonly expected?: string | undefined;
  /** The value in question; `undefined` when it is missing. */
  readonly found: JsonValue | undefined;
  readonly hint?: string | undefined;
  readonly fix?: DocumentFix | undefined;
}

/** Collects findings; a fault that two judges suffer from is one finding. */
export interface Report {
  readonly add: (fault: Fault) => void;
  /** Errors first, then warnings. */
  readonly list: () => Finding[];
}

/** Makes an empty report. */
export function createReport(): Report {
  const findings = new Map<string, Finding>();
  return {
    add(fault) {
      const finding = createFinding(fault);
      const key = `${finding.code} ${finding.pointer}`;
      const other = findings.get(key);
      findings.set(key, other === undefined ? finding : merge(other, finding));
    },
    list: () => levels.flatMap((level) => [...findings.values()].filter((f) => f.level === level)),
  };
}

const levels: readonly Level[] = ['error', 'warning', 'compat'];

function createFinding(fault: Fault): Finding {
  const { code, at, breaks, expected, found, hint, fix } = fault;
  return {
    level: fault.level ?? chooseLevel(breaks),
    code,
    pointer: formatPointer(at),
    message: fault.message ?? findingCodes[code],
    ...(expected !== undefined && { expected }),
    found: describeValue(found),
    breaks,
    ...(hint !== undefined && { hint }),
    ...(fix !== undefined && { fix }),
  };
}

function chooseLevel(breaks: readonly Judge[]): Level {
  if (breaks.some((judge) => judge !== 'official-cli')) return 'error';
  return breaks.length > 0 ? 'compat' : 'warning';
}

function merge(a: Finding, b: Finding): Finding {
  const [worse, other] = levels.indexOf(a.level) <= levels.indexOf(b.level) ? [a, b] : [b, a];
  const fix = worse.fix ?? other.fix;
  const hint = worse.hint ?? other.hint;
  return {
    ...worse,
    breaks: [...new Set([...worse.breaks, ...other.breaks])],
    ...(hint !== undefined && { hint }),
    ...(fix !== undefined && { fix }),
  };
}
