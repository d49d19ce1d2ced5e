import { createInterface } from 'node:readline/promises';
import { BaseError } from '@snetkit/core';
import type { CommandInput } from '../commands/command.ts';
import type { ChosenNetwork } from './choose-network.ts';

/** What is asked, and who answers. */
export interface ConfirmOptions extends Pick<CommandInput, 'stdin' | 'output' | 'signal'> {
  /** The consequences, as a question. */
  readonly question: string;
  /** `--yes`. */
  readonly isAgreed: boolean;
  readonly chosen: ChosenNetwork;
}

/**
 * Asks before money is spent. On the local network there is nothing to ask about.
 *
 * @throws BaseError `CONFIRMATION_MISSING` when the answer is no, or when there is nobody to ask
 */
export async function confirm(options: ConfirmOptions): Promise<void> {
  const { question, isAgreed, chosen, stdin, output, signal } = options;
  if (isAgreed || chosen.local !== undefined) return;
  if (stdin.isTTY !== true || !output.isTerminal) {
    throw new BaseError('CONFIRMATION_MISSING', 'Spending was not confirmed.', {
      found: question,
      hint: 'Give --yes; --max-price limits what a call may cost.',
    });
  }
  const reader = createInterface({ input: stdin, output: process.stderr });
  try {
    const answer = await reader.question(`${question} [y/N] `, { signal });
    if (/^y(es)?$/i.test(answer.trim())) return;
  } finally {
    reader.close();
  }
  throw new BaseError('CONFIRMATION_MISSING', 'Nothing was spent: the answer was no.');
}
