import { generateContracts } from '@snetkit/codegen';

// Run by `nx run @snetkit/contracts:codegen`; the output is committed.
await generateContracts({
  cwd: import.meta.dirname,
  packages: ['singularitynet-platform-contracts', 'singularitynet-token-contracts'],
  contracts: ['MultiPartyEscrow', 'Registry', 'FetchToken'],
  // The ABI of the FET/ASI token is that of any ERC-20 token the escrow may hold.
  rename: { FetchToken: 'Token' },
  outDir: 'src/gen',
});
