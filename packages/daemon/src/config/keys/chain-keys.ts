import { key, optionalKey } from '../key.ts';
import { address } from '../types/address.ts';
import { boolean } from '../types/boolean.ts';
import { duration } from '../types/duration.ts';
import { number } from '../types/number.ts';
import { text } from '../types/text.ts';
import { url } from '../types/url.ts';

/** Settings of the chain and its contracts. */
export const chainKeys = {
  blockchain_enabled: key({
    type: boolean(),
    default: true,
    description:
      'Whether calls are paid. Without it every call is passed on and nobody is asked for money.',
    flag: { name: 'blockchain', short: 'b' },
  }),
  blockchain_network_selected: key({
    type: text({ expected: 'the name of a network', pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]*$/ }),
    default: 'sepolia',
    description: 'Network that carries the contracts: main, sepolia, or a name of your own.',
    rule: 'A name that is not known needs chain_id, ethereum_json_rpc_http_endpoint, registry_address_key, mpe_address_key and token_address_key.',
    init: 'sepolia',
  }),
  ethereum_json_rpc_http_endpoint: optionalKey({
    type: url({ protocols: ['http', 'https'] }),
    description: 'JSON-RPC endpoint of an Ethereum node on that network.',
    rule: 'Required while blockchain_enabled is true.',
    aliases: ['ethereum_json_rpc_endpoint'],
    privateUrl: true,
    init: 'https://YOUR_RPC_ENDPOINT',
  }),
  ethereum_json_rpc_ws_endpoint: optionalKey({
    type: url({ protocols: ['ws', 'wss'] }),
    description: 'WebSocket endpoint of the node. Not needed: the Registry is asked over HTTP.',
    privateUrl: true,
    later: 'warn',
  }),
  blockchain_provider_api_key: optionalKey({
    type: text(),
    description: 'Key of the RPC provider, sent as an Authorization header.',
    secret: true,
  }),
  registry_address_key: optionalKey({
    // The daemon id is a hash of this text as it was written.
    type: address({ asGiven: true }),
    description: 'Registry contract, instead of the one that the network table names.',
  }),
  mpe_address_key: optionalKey({
    type: address(),
    description: 'MultiPartyEscrow contract of a network of your own.',
    own: true,
  }),
  token_address_key: optionalKey({
    type: address(),
    description: 'Token contract of a network of your own.',
    own: true,
  }),
  chain_id: optionalKey({
    type: number({ min: 1, integer: true }),
    description: 'Chain id of a network of your own; compared with what the node says.',
    own: true,
  }),
  block_poll_interval: key({
    type: duration({ min: 50 }),
    default: '4s',
    unit: 'milliseconds',
    description:
      'How often the block number is asked for, once for all checks. A third of a block keeps signature windows sharp at 21,600 requests a day.',
    own: true,
  }),
  fastest_block_time: optionalKey({
    type: duration({ min: 1 }),
    unit: 'milliseconds',
    description:
      'Shortest plausible time between two blocks. While the node does not answer, a channel is served until so many blocks could have passed that it came within its expiration threshold. Unless given, the block time of main and sepolia, 12s, and 1s on a network of your own.',
    own: true,
  }),
  metadata_reload_interval: key({
    type: duration(),
    default: '1m',
    unit: 'milliseconds',
    description:
      'How often the Registry is asked whether service and organization have published new documents; 0 for never. New prices, thresholds, free calls and protos count from the next call on.',
    own: true,
  }),
  chain_request_timeout: key({
    type: duration({ min: 100 }),
    default: '10s',
    unit: 'milliseconds',
    description: 'How long one request to the node may take.',
    own: true,
  }),
} as const;
