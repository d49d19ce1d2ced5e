import { sessionOptions, spendingOptions } from '../session/session-options.ts';
import { type CommandInput, defineCommand, type OptionSpecs } from './command.ts';

const options = {
  'max-price': {
    type: 'string',
    value: 'AMOUNT',
    about: 'Most that the call may cost: "0.01 FET"',
  },
  timeout: {
    type: 'string',
    value: 'TIME',
    about: 'Give up after so long: 30s, 2m (10m unless given)',
  },
  group: { type: 'string', value: 'NAME', about: 'Payment group (the first one unless given)' },
  channel: { type: 'string', value: 'ID', about: 'Pay on this channel and no other' },
  endpoint: {
    type: 'string',
    value: 'URL',
    about: 'Call this daemon instead of the published one',
  },
  ...sessionOptions,
  ...spendingOptions,
} as const satisfies OptionSpecs;

/** What `snet call` works with. */
export type CallInput = CommandInput<typeof options>;

/** `snet call`. */
export const call = defineCommand({
  about:
    'Calls a method of a service and pays for it from a payment channel; opens one, or tops it up,\nwhen none can pay. Without a method it lists what there is.',
  arguments: [
    { name: 'ORGANIZATION', about: 'id of the organization' },
    { name: 'SERVICE', about: 'id of the service' },
    { name: 'METHOD', about: 'Method, Service/Method or package.Service/Method', optional: true },
    {
      name: 'FIELDS',
      about: 'JSON, @file, or - for standard input; requests that stream: a list, or lines',
      optional: true,
    },
  ],
  options,
  examples: [
    `call local text Detect '{"text": "Guten Morgen"}'`,
    'call local text DetectMany @texts.json --json',
    'call snet image Resize @request.json --max-price "0.01 FET" --yes --network sepolia',
  ],
  run: async (input) => (await import('../call/call-service.ts')).callService(input),
});
