import { basename, join } from 'node:path';
import { type Config, extractAbi, type FileDescription, TypeChainTarget } from 'typechain';
import { bindingsSource } from './bindings-source.ts';
import { toCamelCase, toKebabCase } from './file-name.ts';
import { trimAbi } from './trim-abi.ts';

/**
 * The TypeChain target: for every ABI file a constant ABI as viem and abitype want it, types of its
 * functions and events, and a binding; for all of them one `bindings.ts`.
 * TypeChain loads this file by its path and makes an instance of the default export.
 */
export default class ViemTarget extends TypeChainTarget {
  readonly name = 'viem';
  readonly #outDir: string;

  constructor(config: Config) {
    super(config);
    this.#outDir = join(config.cwd, config.outDir ?? '.');
  }

  override transformFile(file: FileDescription): FileDescription {
    const name = basename(file.path, '.json');
    const id = toCamelCase(name);
    const abi = JSON.stringify(trimAbi(extractAbi(file.contents)));
    return {
      path: join(this.#outDir, `${toKebabCase(name)}.ts`),
      contents: `
import { bindContract, type ContractEvents, type ContractFunctions } from './bindings.ts';

/** The ABI of ${name}. */
export const ${id}Abi = ${abi} as const;

/** Arguments and results of the functions of ${name}. */
export type ${name}Functions = ContractFunctions<typeof ${id}Abi>;

/** Arguments of the events of ${name}. */
export type ${name}Events = ContractEvents<typeof ${id}Abi>;

/** Checked calls of ${name}. */
export const ${id} = /*#__PURE__*/ bindContract('${name}', ${id}Abi);
`,
    };
  }

  override afterRun(): FileDescription {
    return { path: join(this.#outDir, 'bindings.ts'), contents: bindingsSource };
  }
}
