// Writes src/gen: clients of the example service, and the token's creation code.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { generateProtos } from '@snetkit/codegen';

const require = createRequire(import.meta.url);
const outDir = join(import.meta.dirname, 'src/gen');

interface CompilerOutput {
  errors?: { severity: string; formattedMessage: string }[];
  contracts?: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>;
}

/** The published bytecode of FetchToken is what lies on the chain; to deploy it anew takes its constructor as well. */
function compileFetchToken(): string {
  const file = 'FetchToken.sol';
  const source = require.resolve(`singularitynet-token-contracts/sol/${file}`);
  const input = {
    language: 'Solidity',
    sources: { [file]: { content: readFileSync(source, 'utf8') } },
    settings: {
      // The settings under which the published runtime code comes out.
      optimizer: { enabled: true, runs: 200 },
      outputSelection: { [file]: { FetchToken: ['evm.bytecode.object'] } },
    },
  };
  const solc: { compile(input: string): string } = require('solc');
  const output: CompilerOutput = JSON.parse(solc.compile(JSON.stringify(input)));
  const code = output.contracts?.[file]?.['FetchToken']?.evm.bytecode.object;
  if (code !== undefined) return `0x${code}`;
  throw new Error(output.errors?.map((error) => error.formattedMessage).join('\n'));
}

await generateProtos({ cwd: import.meta.dirname, outDir: 'src/gen' });
await writeFile(
  join(outDir, 'fetch-token-creation-code.ts'),
  `// From sol/FetchToken.sol of singularitynet-token-contracts, compiled by solc 0.6.2, optimizer 200 runs.
export const fetchTokenCreationCode =
  '${compileFetchToken()}' as const;
`,
);
