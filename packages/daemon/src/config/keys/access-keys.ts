import { key, optionalKey } from '../key.ts';
import { address } from '../types/address.ts';
import { boolean } from '../types/boolean.ts';
import { list } from '../types/list.ts';
import { number } from '../types/number.ts';
import { privateKey } from '../types/private-key.ts';
import { record } from '../types/record.ts';
import { text } from '../types/text.ts';
import { mismatch, type ValueType } from '../types/value-type.ts';

const callCount: ValueType<number | 'unlimited'> = {
  expected: 'a whole number of calls or "unlimited"',
  parse(raw) {
    if (raw === 'unlimited' || raw === 'infinity') return { value: 'unlimited' };
    const parsed = number({ integer: true }).parse(raw);
    return 'value' in parsed ? parsed : mismatch(raw, this.expected);
  },
};

/** Settings of who may call, and of ways to pay other than a channel. */
export const accessKeys = {
  allowed_user_flag: key({
    type: boolean(),
    default: false,
    description: 'Serve only the addresses of allowed_user_addresses.',
    rule: 'Not on network main; needs allowed_user_addresses.',
  }),
  allowed_user_addresses: key({
    type: list(address()),
    default: [],
    description: 'Who may call while allowed_user_flag is on.',
  }),
  authentication_addresses: key({
    type: list(address()),
    default: [],
    description: 'Operators who may use ConfigurationService.',
  }),
  private_key_for_free_calls: optionalKey({
    type: privateKey(),
    description: 'Key that signs the tokens of free calls.',
    rule: 'Its address must be free_call_signer_address of the group in the service metadata; otherwise no tokens are given out.',
    secret: true,
    aliases: ['pvt_key_for_free_calls'],
  }),
  trusted_free_call_signers: key({
    type: list(address()),
    default: [
      '0x3Bb9b2499c283cec176e7C707Ecb495B7a961ebf',
      '0x7DF35C98f41F3Af0df1dc4c7F7D4C19a71Dd059F',
    ],
    description: 'Who may ask for free calls in the name of a user and without a balance.',
  }),
  min_balance_for_free_call: key({
    type: number({ integer: true }),
    default: '10',
    unit: 'whole tokens',
    description: 'What the wallet of a free caller must hold.',
  }),
  free_calls_per_address: key({
    type: record({ name: address(), value: callCount }),
    default: {},
    description:
      'Free calls of single addresses, instead of the number in the metadata; 0 stands for that number.',
  }),
  token_secret_key: optionalKey({
    type: text({ expected: 'at least 32 bytes of text' }),
    description:
      'Secret that signs the tokens of prepaid calls; the same for all daemons of a group.',
    rule: 'Without it, with a shorter one, or with the public default of the official daemon, prepaid calls are switched off.',
    secret: true,
  }),
  token_expiry_in_minutes: key({
    type: number({ min: 1, integer: true }),
    default: 1_440,
    unit: 'minutes',
    description: 'How long a token of prepaid calls is good.',
  }),
} as const;
