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
    'init-full',
    {
      summary: 'Write every setting with its default',
      load: async () => (await import('./init-full.ts')).initFull,
    },
  ],
  [
    'config explain',
    {
      summary: 'Say what a setting means, and where its value comes from: KEY',
      load: async () => (await import('./config-explain.ts')).configExplain,
    },
  ],
  [
    'config show',
    {
      summary: 'Print the settings as they count, without secrets',
      load: async () => (await import('./config-show.ts')).configShow,
    },
  ],
  [
    'config check',
    {
      summary: 'Check the settings and do nothing else',
      load: async () => (await import('./config-check.ts')).configCheck,
    },
  ],
  [
    'doctor',
    {
      summary: 'Look at everything that serving needs, and say how to mend it',
      load: async () => (await import('./doctor.ts')).doctor,
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
    'list claims',
    {
      summary: 'List the claims that were started and have not landed',
      load: async () => (await import('./list-claims.ts')).listClaimsCommand,
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
    'freecall list',
    {
      summary: 'List who has called for free, and how often',
      load: async () => (await import('./freecall-list.ts')).freecallList,
    },
  ],
  [
    'freecall reset',
    {
      summary: 'Give a caller all free calls again: -a ADDRESS [-u USER]',
      load: async () => (await import('./freecall-reset.ts')).freecallReset,
    },
  ],
  [
    'freecall unlock',
    {
      summary: 'Nothing: no user is ever locked',
      load: async () => (await import('./freecall-unlock.ts')).freecallUnlock,
    },
  ],
  [
    'channel',
    {
      summary: 'Nothing: no channel is ever locked (--unlock ID)',
      load: async () => (await import('./channel-unlock.ts')).channelUnlock,
    },
  ],
  [
    'store export',
    {
      summary: 'Write the state of the group into a file, or back to an official etcd',
      load: async () => (await import('./store-export.ts')).storeExport,
    },
  ],
  [
    'store import',
    {
      summary: 'Put the state of a file into the store',
      load: async () => (await import('./store-import.ts')).storeImport,
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
