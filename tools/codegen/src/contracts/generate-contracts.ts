import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTypeChain } from 'typechain';
import { CodegenError } from '../codegen-error.ts';
import { replaceFolder } from '../files/replace-folder.ts';
import { withTemporaryFolder } from '../files/with-temporary-folder.ts';
import { findAbi } from './find-abi.ts';

/** What to generate, and where. */
export interface GenerateContractsOptions {
  /** Folder of the package that gets the code; packages are looked up from here. */
  readonly cwd: string;
  /** npm packages, or folders, with ABI files in `abi/` or at the top. */
  readonly packages: readonly string[];
  /** Names of contracts: `MultiPartyEscrow` for `MultiPartyEscrow.json`. */
  readonly contracts: readonly string[];
  /** Other names in the generated code: `{ FetchToken: 'Token' }` gives `tokenAbi`, `TokenEvents`. */
  readonly rename?: Readonly<Record<string, string>> | undefined;
  /** Folder for the output, inside `cwd`; everything in it is replaced. */
  readonly outDir: string;
}

/**
 * Turns published ABI files into TypeScript for viem: for `MultiPartyEscrow` a file
 * `multi-party-escrow.ts` with `multiPartyEscrowAbi` (`as const`), the types
 * `MultiPartyEscrowFunctions` and `MultiPartyEscrowEvents`, and `multiPartyEscrow`, whose
 * `read(name, args)` and `write(name, args)` make checked calls. Equal inputs give equal bytes.
 * The output folder changes only when everything succeeded. Throws `CodegenError`.
 *
 * @example
 * ```ts
 * await generateContracts({
 *   cwd: import.meta.dirname,
 *   packages: ['singularitynet-platform-contracts'],
 *   contracts: ['MultiPartyEscrow', 'Registry'],
 *   outDir: 'src/gen',
 * });
 * ```
 */
export async function generateContracts(options: GenerateContractsOptions): Promise<void> {
  const { packages, contracts, rename = {}, outDir } = options;
  const cwd = await realpath(options.cwd).catch((cause) => {
    throw new CodegenError('CODEGEN_INPUT_MISSING', 'There is no such folder.', {
      place: options.cwd,
      cause,
    });
  });
  await withTemporaryFolder(async (folder) => {
    const input = join(folder, 'abi');
    await mkdir(input);
    const files: string[] = [];
    for (const contract of contracts) {
      const name = getName(contract, rename);
      const file = join(input, `${name}.json`);
      if (files.includes(file)) {
        throw new CodegenError('CODEGEN_INPUT_INVALID', `Two contracts are called ${name}.`, {
          hint: 'give one of them another name with rename',
        });
      }
      await writeFile(file, (await findAbi({ cwd, packages, contract })).text);
      files.push(file);
    }
    await runTypeChain({
      cwd: folder,
      filesToProcess: files,
      allFiles: files,
      inputDir: input,
      outDir: 'out',
      // The same file as source and as published code; TypeChain loads it by its path.
      target: fileURLToPath(new URL(`viem-target${extname(import.meta.url)}`, import.meta.url)),
      prettier: { singleQuote: true, printWidth: 100, trailingComma: 'all' },
    });
    await replaceFolder(join(folder, 'out'), resolve(cwd, outDir));
  });
}

function getName(contract: string, rename: Readonly<Record<string, string>>): string {
  const name = rename[contract] ?? contract;
  if (/^[A-Z][A-Za-z0-9]*$/.test(name)) return name;
  throw new CodegenError('CODEGEN_INPUT_INVALID', `${name} is no name for generated code.`, {
    hint: 'use letters and digits, a capital letter first; give another name with rename',
  });
}
