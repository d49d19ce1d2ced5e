import { key, optionalKey } from '../key.ts';
import { backend } from '../types/backend.ts';
import { boolean } from '../types/boolean.ts';
import { duration } from '../types/duration.ts';
import { list } from '../types/list.ts';
import { number } from '../types/number.ts';
import { object } from '../types/object.ts';
import { oneOf } from '../types/one-of.ts';
import { text } from '../types/text.ts';
import { url } from '../types/url.ts';

const path = text({ expected: 'a path' });
const httpPath = text({ expected: 'a path such as /v1/items/{id}', pattern: /^\// });
const httpRule = {
  get: httpPath,
  put: httpPath,
  post: httpPath,
  delete: httpPath,
  patch: httpPath,
  body: text({ expected: 'the name of a field, or *' }),
  response_body: text({ expected: 'the name of a field' }),
} as const;

/** Settings of the service behind the daemon. */
export const serviceKeys = {
  organization_id: key({
    type: text({ expected: 'an organization id' }),
    default: 'YOUR_ORG_ID',
    description: 'Organization as it is registered.',
    rule: 'Must be set; at most 32 bytes.',
    init: 'YOUR_ORG_ID',
  }),
  service_id: key({
    type: text({ expected: 'a service id' }),
    default: 'YOUR_SERVICE_ID',
    description: 'Service as it is registered in the organization.',
    rule: 'Must be set; at most 32 bytes.',
    init: 'YOUR_SERVICE_ID',
  }),
  daemon_group_name: key({
    type: text({ expected: 'the name of a group' }),
    default: 'default_group',
    description:
      'Group of the organization that this daemon serves; it stands in both metadata documents.',
    init: 'default_group',
  }),
  service_endpoint: key({
    type: url({ protocols: ['http', 'https'], defaultProtocol: 'http' }),
    default: 'http://localhost:5000',
    description: 'Where the service listens; https:// means TLS.',
    rule: 'Must not be daemon_endpoint.',
    aliases: ['passthrough_endpoint'],
    init: 'YOUR_SERVICE_ENDPOINT',
  }),
  service_endpoints: key({
    type: list(backend()),
    default: [],
    description:
      'Several addresses of the service, instead of service_endpoint: calls are dealt out by weight among those that are up. Weight 0 stands by until all others are down.',
    rule: 'None of them may be daemon_endpoint.',
    own: true,
  }),
  service_health_check_interval: key({
    type: duration({ min: 100 }),
    default: '5s',
    unit: 'milliseconds',
    description:
      'How often each of several addresses of the service is asked whether it is alive, in the way that service_heartbeat_type names.',
    own: true,
  }),
  service_ca_path: optionalKey({
    type: path,
    description: 'PEM certificates by which a service behind https:// is known.',
    own: true,
  }),
  service_cert_path: optionalKey({
    type: path,
    description: 'PEM certificate that the daemon shows to the service.',
    rule: 'Goes with service_key_path.',
    own: true,
  }),
  service_key_path: optionalKey({
    type: path,
    description: 'PEM key of service_cert_path.',
    rule: 'Goes with service_cert_path.',
    own: true,
  }),
  forward_payment_metadata: key({
    type: boolean(),
    default: false,
    description:
      'Show the service the signatures and tokens of payments too, as the official daemon does. Whoever has them may be able to spend them.',
    own: true,
  }),
  service_timeout: key({
    type: duration(),
    default: '100s',
    unit: 'milliseconds',
    description: 'How long a call may take when its client sets no deadline; 0 for no limit.',
  }),
  passthrough_enabled: key({
    type: boolean(),
    default: true,
    description:
      'False: answer each call with its own first message instead of asking the service.',
    flag: { name: 'passthrough' },
  }),
  max_message_size_in_mb: key({
    type: number({ min: 1, max: 2048, integer: true }),
    default: 4,
    unit: 'MiB',
    description: 'Largest message in either direction.',
  }),
  executable_path: optionalKey({
    type: path,
    description: 'Program to start for each call of a service of type process.',
    rule: 'Required for a service of type process.',
  }),
  max_processes: key({
    type: number({ min: 1, max: 10_000, integer: true }),
    default: 16,
    unit: 'programs',
    description:
      'How many programs of a service of type process may run at once; calls beyond wait for their turn.',
    own: true,
  }),
  warm_processes: key({
    type: number({ min: 0, max: 10_000, integer: true }),
    default: 0,
    unit: 'programs',
    description:
      'How many programs of a service of type process are started before calls need them and serve one call after the other; 0 to start one for each call. Kept programs speak in frames.',
    rule: 'At most max_processes.',
    own: true,
  }),
  warm_process_max_calls: key({
    type: number({ min: 0, integer: true }),
    default: 1_000,
    unit: 'calls',
    description: 'Calls after which a program of warm_processes is replaced; 0 for any number.',
    own: true,
  }),
  warm_process_max_age: key({
    type: duration(),
    default: '1h',
    unit: 'milliseconds',
    description:
      'Time after which a program of warm_processes is replaced, between two calls; 0 for any time.',
    own: true,
  }),
  warm_process_max_memory_in_mb: key({
    type: number({ min: 0, integer: true }),
    default: 0,
    unit: 'MiB',
    description:
      'Memory above which a program of warm_processes is replaced, between two calls (Linux only); 0 for any.',
    own: true,
  }),
  service_http_rules: key({
    type: list(
      object({
        selector: text({ expected: 'package.Service.Method', pattern: /^[\w.]+\.\w+$/ }),
        ...httpRule,
        additional_bindings: list(object(httpRule)),
      }),
    ),
    default: [],
    description:
      'How methods of a service of type http are sent, in the form of google.api.HttpRule; wins over the options in the protos.',
    own: true,
  }),
  service_credentials: key({
    type: list(
      object({
        key: text({ expected: 'a name', pattern: /./ }),
        value: { expected: 'any value', parse: (raw) => ({ value: raw }) },
        location: oneOf(['body', 'header', 'query']),
      }),
    ),
    default: [],
    description: 'What a service of type http wants to see with each request.',
    rule: 'Each needs key, value and location; in header and query the value is text.',
    secret: true,
  }),
  enable_dynamic_pricing: key({
    type: boolean(),
    default: false,
    description:
      'Ask the service for the price of each call of a method whose protos name a method for that (pricing.proto).',
  }),
  dynamic_price_timeout: key({
    type: duration({ min: 1 }),
    default: '5s',
    unit: 'milliseconds',
    description: 'How long the service may take to name a price; then the call is refused.',
    own: true,
  }),
  model_training_enabled: key({
    type: boolean(),
    default: false,
    description: 'Offer the training of models.',
    later: 'warn',
  }),
  model_maintenance_endpoint: optionalKey({
    type: url({ protocols: ['http', 'https'], defaultProtocol: 'http' }),
    description: 'Where the training provider listens; service_endpoint when not given.',
    later: 'warn',
  }),
  service_heartbeat_type: key({
    type: oneOf(['', 'none', 'grpc', 'http', 'https', 'tcp']),
    default: '',
    description:
      'How the service is asked whether it is alive: grpc health, http(s) GET, otherwise a TCP connection to service_endpoint.',
  }),
  heartbeat_endpoint: optionalKey({
    type: url({ protocols: ['http', 'https'] }),
    description: 'Where service_heartbeat_type grpc, http or https asks.',
    rule: 'Required for these three types.',
    aliases: ['heartbeat_svc_end_point'],
  }),
  rate_limit_per_minute: optionalKey({
    type: number({ min: 0 }),
    unit: 'calls a minute',
    description:
      'Limit for all calls of the service together, over all replicas that share a store; absent or 0 for none.',
  }),
  burst_size: key({
    type: number({ min: 0, integer: true }),
    default: 2_147_483_647,
    unit: 'calls',
    description:
      'How many calls may come at once under rate_limit_per_minute, which limits nothing before that many have come.',
  }),
} as const;
