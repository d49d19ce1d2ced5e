import { parseArgs } from 'node:util';
import { type ClientLanguage, languages } from '../clients/client-record.ts';
import { generateClient } from '../clients/generate-client.ts';
import { CodegenError } from '../codegen-error.ts';
import { runSnet } from './run-snet.ts';

/** Where the output goes. */
export interface RunOptions {
  stdout(text: string): void;
  stderr(text: string): void;
}

const help = `Writes a typed client package, payment included.

Usage
  snet-codegen service PROTO_DIR -o DIR [options]     from a folder of protos
  snet-codegen service ORGANIZATION SERVICE ...       of a registered service: snet sdk generate

Options of the first form
  -o, --out DIR        Folder of the package; what was generated there before is replaced
      --name NAME      Name of the package, or path of the Go module (service-client unless given)
      --language NAME  ${languages.join(', ')} (typescript unless given)
      --check          Write nothing; fail when what is there is out of date
  -h, --help           This text
`;

const options = {
  out: { type: 'string', short: 'o' },
  name: { type: 'string' },
  language: { type: 'string' },
  check: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Runs `snet-codegen`; resolves with the exit code. Nothing is thrown: failures are printed. */
export async function run(args: readonly string[], output: RunOptions): Promise<number> {
  try {
    const [command, ...rest] = args;
    if (command === undefined || command === '--help' || command === '-h') {
      output.stdout(help);
      return 0;
    }
    if (command !== 'service') throw usage(`There is no command ${JSON.stringify(command)}.`);
    // Two words are the ids of a registered service; all that belongs to it is for snet to know.
    const words = rest.findIndex((word) => word.startsWith('-'));
    if ((words < 0 ? rest.length : words) >= 2) return await runSnet(['sdk', 'generate', ...rest]);
    return await generate(rest, output);
  } catch (error) {
    output.stderr(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof CodegenError && error.code === 'CODEGEN_FAILED' ? 6 : 2;
  }
}

async function generate(args: readonly string[], output: RunOptions): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help === true) {
    output.stdout(help);
    return 0;
  }
  const [protos] = positionals;
  if (positionals.length === 2) return runSnet(['sdk', 'generate', ...args]);
  if (protos === undefined || values.out === undefined || positionals.length > 1) {
    throw usage('A folder of protos and -o DIR are needed.');
  }
  const { status, outDir, changed } = await generateClient({
    protos,
    service: null,
    outDir: values.out,
    name: values.name ?? 'service-client',
    language: readLanguage(values.language),
    check: values.check,
  });
  if (status === 'stale') {
    output.stderr(`error: ${outDir} is out of date: ${changed.slice(0, 5).join(', ')}\n`);
    return 6;
  }
  output.stdout(status === 'current' ? `${outDir} is up to date\n` : `wrote ${outDir}\n`);
  return 0;
}

function readLanguage(text: string | undefined): ClientLanguage | undefined {
  const language = languages.find((one) => one === text);
  if (text === undefined || language !== undefined) return language;
  throw usage(`Clients are generated in ${languages.join(', ')}.`);
}

function usage(message: string): CodegenError {
  const hint = 'see "snet-codegen --help"';
  return new CodegenError('CODEGEN_INPUT_INVALID', message, { hint });
}
