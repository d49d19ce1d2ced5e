import { BaseError, errorCodes, withDeadline } from '@snetkit/core';
import type { Check, Finding, NamedFinding } from './finding.ts';
import { NotBefore } from './not-before.ts';

/** Makes all checks at once, each within `timeoutMs`; findings in the order of the checks. Never rejects. */
export async function runChecks(
  checks: readonly Check[],
  { timeoutMs }: { timeoutMs: number },
): Promise<readonly NamedFinding[]> {
  const found = await Promise.all(
    checks.map(async ({ name, run }) => {
      const findings = await withDeadline({ what: `The check of ${name}`, timeoutMs }, run).catch(
        describeFailure,
      );
      return [findings].flat().map((finding) => ({ name, ...finding }));
    }),
  );
  return found.flat();
}

function describeFailure(cause: unknown): Finding {
  if (cause instanceof NotBefore) return { status: 'skip', text: cause.message };
  const { code, shortMessage, found, place, hint } = BaseError.from(cause);
  const details = [found, place].filter((part) => part !== undefined).join(', ');
  const text = `${shortMessage.replace(/\.$/, '')}${details === '' ? '' : `: ${details}`}`;
  return {
    status: 'fail',
    text: text.replace(/\s*\n\s*/g, ' '),
    fix: hint ?? errorCodes[code].fix,
  };
}
