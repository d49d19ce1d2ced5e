import { findDecimalLiterals } from '../documents/find-decimal-literals.ts';
import type { Shape } from '../schemas/shape.ts';
import type { Report } from './report.ts';

/** Integers are written in plain digits; a validator of JSON Schema takes `10.0` for one, Go does not. */
export function checkLiterals(json: string, shape: Shape, report: Report): void {
  for (const { at, literal } of findDecimalLiterals(json)) {
    const value = Number(literal);
    const rule = findShape(shape, at)?.rules.find(({ schema }) => schema.type === 'integer');
    // A fraction that is not zero breaks the rule itself.
    if (rule === undefined || !Number.isSafeInteger(value)) continue;
    const { code, expected } = rule;
    const breaks = rule.breaks.filter((judge) => judge !== 'official-cli');
    if (breaks.length === 0) continue;
    const message = 'The number is not written as an integer.';
    report.add({ code, at, breaks, message, expected, found: literal });
  }
}

function findShape(shape: Shape, at: readonly (string | number)[]): Shape | undefined {
  let found: Shape | undefined = shape;
  for (const step of at) {
    if (typeof step === 'number') found = found?.items;
    else
      found = Object.hasOwn(found?.members ?? {}, step) ? found?.members?.[step]?.shape : undefined;
  }
  return found;
}
