import type { CallHead } from '../call/exchange.ts';
import type { EndStatus } from '../call/status.ts';

/** Looks at a call before anything else does; a status means that it is refused. */
export type Gate = (head: CallHead) => EndStatus | undefined;

/** Asks the gates in their order; the first refusal counts. Limits are added here as gates. */
export function createAdmission(gates: readonly Gate[]): Gate {
  return (head) => {
    for (const gate of gates) {
      const refusal = gate(head);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  };
}
