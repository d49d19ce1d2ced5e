import type { Command } from './command.ts';

/** A command before its code is loaded. */
export interface CommandEntry {
  /** One line for the help. */
  readonly summary: string;
  load(): Promise<Command>;
}

/** Commands by name. Code is loaded only for the one that runs, so that none starts slowly for another's sake. */
export const commands: ReadonlyMap<string, CommandEntry> = new Map<string, CommandEntry>([
  [
    'serve',
    {
      summary: 'Serve calls (what snetd does without a command)',
      load: async () => (await import('./serve.ts')).serve,
    },
  ],
  [
    'init',
    {
      summary: 'Write a configuration to start from',
      load: async () => (await import('./init.ts')).init,
    },
  ],
  [
    'list channels',
    {
      summary: 'List the channels in the store, with what was signed last',
      load: async () => (await import('./list-channels.ts')).listChannels,
    },
  ],
  [
    'list replicas',
    {
      summary: 'List the daemons that serve from the store now',
      load: async () => (await import('./list-replicas.ts')).listReplicasCommand,
    },
  ],
  [
    'import',
    {
      summary: 'Take over the state of official daemons from their etcd',
      load: async () => (await import('./import.ts')).importCommand,
    },
  ],
  [
    'generate-key',
    {
      summary: 'Make a new private key',
      load: async () => (await import('./generate-key.ts')).generateKey,
    },
  ],
  [
    'version',
    {
      summary: 'Print the version',
      load: async () => (await import('./version.ts')).version,
    },
  ],
]);
