import type { OptionSpecs } from '../commands/command.ts';

/** Options of commands that work on a network, in the name of an account. */
export const sessionOptions = {
  network: {
    type: 'string',
    value: 'NAME',
    about: 'mainnet, sepolia, or devnet, the local one (SNET_NETWORK)',
  },
  rpc: { type: 'string', value: 'URL', about: 'JSON-RPC endpoint of the chain (SNET_RPC_URL)' },
  ipfs: { type: 'string', value: 'URL', about: 'RPC API of an IPFS node (SNET_IPFS_URL)' },
  'private-key-file': {
    type: 'string',
    value: 'FILE',
    about: 'Holds the private key of the account (or set SNET_PRIVATE_KEY)',
  },
} as const satisfies OptionSpecs;

/** Option of commands that spend money. */
export const spendingOptions = {
  yes: { type: 'boolean', short: 'y', about: 'Spend without asking' },
} as const satisfies OptionSpecs;
