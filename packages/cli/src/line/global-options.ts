import type { OptionSpecs } from '../commands/command.ts';

/** Options that every command takes. */
export const globalOptions = {
  json: { type: 'boolean', about: 'Print JSON for programs' },
  help: { type: 'boolean', short: 'h', about: 'Explain a command' },
} as const satisfies OptionSpecs;
