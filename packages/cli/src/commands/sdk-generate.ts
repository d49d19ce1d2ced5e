import { sessionOptions } from '../session/session-options.ts';
import { type CommandInput, defineCommand, type OptionSpecs } from './command.ts';

const { network, rpc, ipfs } = sessionOptions;

const options = {
  out: {
    type: 'string',
    short: 'o',
    value: 'DIR',
    about: 'Folder of the package (clients/ORGANIZATION/SERVICE unless given)',
  },
  language: {
    type: 'string',
    value: 'NAME',
    about: 'typescript, or stubs without payment: python, go',
  },
  name: { type: 'string', value: 'NAME', about: 'Name of the package, or path of the Go module' },
  group: { type: 'string', value: 'NAME', about: 'Payment group (the first one unless given)' },
  force: { type: 'boolean', about: 'Generate also when nothing has changed' },
  check: { type: 'boolean', about: 'Write nothing; fail when what is there is out of date' },
  offline: {
    type: 'boolean',
    about: 'Take the service that DIR was made from, out of the cache; ask nobody',
  },
  network,
  rpc,
  ipfs,
} as const satisfies OptionSpecs;

/** What `snet sdk generate` works with. */
export type SdkGenerateInput = CommandInput<typeof options>;

/** `snet sdk generate`. */
export const sdkGenerate = defineCommand({
  about:
    'Writes a typed client package for a service, payment included, or for each service of an\norganization. It is written again only when the service has changed. Needs no account.',
  arguments: [
    { name: 'ORGANIZATION', about: 'id of the organization' },
    { name: 'SERVICE', about: 'id of the service; all services when left out', optional: true },
  ],
  options,
  examples: [
    'sdk generate local text',
    'sdk generate snet image -o src/clients/image --network sepolia --rpc https://rpc.test',
    'sdk generate local text --check',
  ],
  run: async (input) => (await import('../sdk/generate-clients.ts')).generateClients(input),
});
