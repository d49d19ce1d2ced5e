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
    'dev',
    {
      summary: 'Start a whole network on this machine and make a paid call',
      load: async () => (await import('./dev.ts')).dev as Command,
    },
  ],
  [
    'call',
    {
      summary: 'Call a method of a service and pay for it',
      load: async () => (await import('./call.ts')).call as Command,
    },
  ],
  [
    'account balance',
    {
      summary: 'Show what an account has',
      load: async () => (await import('./account-balance.ts')).accountBalance as Command,
    },
  ],
  [
    'channel list',
    {
      summary: 'List the payment channels of an account',
      load: async () => (await import('./channel-list.ts')).channelList as Command,
    },
  ],
  [
    'channel open',
    {
      summary: 'Open a payment channel',
      load: async () => (await import('./channel-open.ts')).channelOpen as Command,
    },
  ],
  [
    'channel claim-timeout',
    {
      summary: 'Take what is left in an expired channel back',
      load: async () => (await import('./channel-claim-timeout.ts')).channelClaimTimeout as Command,
    },
  ],
  [
    'channel claim-timeout-all',
    {
      summary: 'Take what is left in all expired channels back',
      load: async () =>
        (await import('./channel-claim-timeout-all.ts')).channelClaimTimeoutAll as Command,
    },
  ],
  [
    'sdk generate',
    {
      summary: 'Write a typed client of a service, payment included',
      load: async () => (await import('./sdk-generate.ts')).sdkGenerate as Command,
    },
  ],
  [
    'version',
    {
      summary: 'Print the version',
      load: async () => (await import('./version.ts')).version as Command,
    },
  ],
]);
