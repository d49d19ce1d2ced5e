import { type CommandInput, defineCommand, type OptionSpecs } from './command.ts';

const options = {
  as: {
    type: 'string',
    value: 'NETWORK',
    about: 'Pose as sepolia: its chain id and contract addresses',
  },
  once: { type: 'boolean', about: 'End after the first call' },
  port: {
    type: 'string',
    multiple: true,
    value: 'PART=PORT',
    about: 'A fixed one: chain=8545, content=5001, daemon=7000, service=7001',
  },
} as const satisfies OptionSpecs;

/** What `snet dev` works with. */
export type DevInput = CommandInput<typeof options>;

/** `snet dev`. */
export const dev = defineCommand({
  about:
    'Starts a whole network on this machine: chain, contracts, content store, AI service, daemon.\nMakes a paid call through it, tells how that went, and stays up until Ctrl-C.',
  arguments: [],
  options,
  examples: ['dev', 'dev --once --json', 'dev --as sepolia --port chain=8545 --port daemon=7000'],
  run: async (input) => (await import('../dev/run-network.ts')).runNetwork(input),
});
