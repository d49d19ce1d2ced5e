import { sessionOptions } from '../session/session-options.ts';
import { type CommandInput, defineCommand } from './command.ts';

/** What `snet account balance` works with. */
export type AccountBalanceInput = CommandInput<typeof sessionOptions>;

/** `snet account balance`. */
export const accountBalance = defineCommand({
  about:
    'Shows what an account has: ether for gas, tokens in the wallet, and tokens in the escrow\nthat are in no channel.',
  arguments: [],
  options: sessionOptions,
  examples: [
    'account balance',
    'account balance --network sepolia --rpc https://rpc.test --private-key-file key.txt',
  ],
  run: async (input) => (await import('../account/show-balance.ts')).showBalance(input),
});
