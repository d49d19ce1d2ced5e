import { key, optionalKey } from '../key.ts';
import { ipRange } from '../types/ip-range.ts';
import { list } from '../types/list.ts';
import { number } from '../types/number.ts';

const perMinute = number({ min: 0 });
const burst = number({ min: 1, integer: true });

/** How often one payer and one address may come; what all may do together stands among the service's keys. */
export const limitKeys = {
  payer_rate_limit_per_minute: optionalKey({
    type: perMinute,
    unit: 'calls a minute',
    description:
      'Limit for the calls of each payer, over all replicas that share a store; absent or 0 for none. It counts calls whose signature or token is good.',
    own: true,
  }),
  payer_burst_size: optionalKey({
    type: burst,
    unit: 'calls',
    description:
      'How many calls of a payer may come at once under payer_rate_limit_per_minute; as many as in a minute unless given.',
    own: true,
  }),
  address_rate_limit_per_minute: optionalKey({
    type: perMinute,
    unit: 'calls a minute',
    description:
      'Limit for the calls from each IP address (of IPv6, each /64), over all replicas that share a store, before anything of them is looked at; absent or 0 for none.',
    own: true,
  }),
  address_burst_size: optionalKey({
    type: burst,
    unit: 'calls',
    description:
      'How many calls of an address may come at once under address_rate_limit_per_minute; as many as in a minute unless given.',
    own: true,
  }),
  own_services_rate_limit_per_minute: key({
    type: perMinute,
    default: 6_000,
    unit: 'requests a minute',
    description:
      "Limit for the requests of each IP address to this daemon's own services, and as many health checks beside them; 0 for none.",
    own: true,
  }),
  own_services_burst_size: key({
    type: burst,
    default: 1_000,
    unit: 'requests',
    description:
      'How many of these requests may come at once under own_services_rate_limit_per_minute.',
    own: true,
  }),
  max_connections_per_address: key({
    type: number({ min: 0, integer: true }),
    default: 1_000,
    unit: 'connections',
    description:
      'How many connections one IP address (of IPv6, one /64) may have open at once; 0 for any number.',
    own: true,
  }),
  max_streams_per_address: key({
    type: number({ min: 0, integer: true }),
    default: 2_000,
    unit: 'streams',
    description:
      'How many calls one IP address (of IPv6, one /64) may have open at once over HTTP/2; 0 for any number.',
    own: true,
  }),
  uncapped_addresses: key({
    type: list(ipRange()),
    default: [
      ...['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'],
      ...['169.254.0.0/16', '::1', 'fc00::/7', 'fe80::/10'],
    ],
    description:
      'Addresses that these two do not count for, beside trusted_proxies: balancers, behind which are many clients. Unless given, those that no stranger has.',
    own: true,
  }),
  trusted_proxies: key({
    type: list(ipRange()),
    default: [],
    description:
      'Addresses of the balancers in front of the daemon, such as "10.0.0.0/8": what they say in x-forwarded-for is believed for limits. Nobody else is believed.',
    own: true,
  }),
} as const;
