import { key, optionalKey } from '../key.ts';
import { boolean } from '../types/boolean.ts';
import { duration } from '../types/duration.ts';
import { hostPort } from '../types/host-port.ts';
import { list } from '../types/list.ts';
import { number } from '../types/number.ts';
import { object } from '../types/object.ts';
import { oneOf } from '../types/one-of.ts';
import { text } from '../types/text.ts';
import { url } from '../types/url.ts';

const path = text({ expected: 'a path' });
const port = number({ min: 1, max: 65_535, integer: true });

/** Settings of the port that clients connect to. */
export const listenerKeys = {
  daemon_endpoint: key({
    type: hostPort(),
    default: '127.0.0.1:8080',
    description: 'Where clients connect.',
    rule: 'Must not be service_endpoint.',
    aliases: ['daemon_end_point'],
    init: '127.0.0.1:8080',
  }),
  daemon_type: key({
    type: oneOf(['grpc', 'http']),
    default: 'grpc',
    description:
      'What clients speak: grpc, which means all that this port speaks. The http of the official daemon, a proxy without payments, does not exist here.',
    fix: 'Remove daemon_type. With "http" the official daemon passes every request on without a payment; a web server such as nginx does that.',
    later: 'refuse',
    flag: { name: 'type', short: 't' },
  }),
  ssl_cert: optionalKey({
    type: path,
    description:
      'PEM file with the certificate chain; it and ssl_key are read again when they change.',
    rule: 'Together with ssl_key or not at all.',
    flag: { name: 'ssl-cert' },
  }),
  ssl_key: optionalKey({
    type: path,
    description: 'PEM file with the private key of ssl_cert.',
    rule: 'Together with ssl_cert or not at all.',
    flag: { name: 'ssl-key' },
  }),
  ssl_certificates: key({
    type: list(object({ cert: path, key: path })),
    default: [],
    description:
      'More certificates, as PEM files: a client gets the one that is for the host it names (SNI).',
    rule: 'Each entry has cert and key.',
    own: true,
  }),
  ssl_client_auth: key({
    type: oneOf(['none', 'optional', 'required']),
    default: 'none',
    description: 'Whether clients show a certificate; one that is shown must be good.',
    rule: 'Other than none needs ssl_client_ca.',
    own: true,
  }),
  ssl_client_ca: optionalKey({
    type: path,
    description: "PEM file with the certificates of those who sign the clients'.",
    rule: 'Goes with ssl_client_auth.',
    own: true,
  }),
  auto_ssl_domain: optionalKey({
    type: text({
      expected: 'a domain name',
      pattern:
        /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/i,
    }),
    description:
      "Domain for which a certificate is fetched, and renewed, by ACME: from Let's Encrypt unless auto_ssl_directory names another authority. Who sets it agrees to the terms of the authority.",
    flag: { name: 'auto-ssl-domain' },
  }),
  auto_ssl_cache_dir: key({
    type: path,
    default: '.certs',
    description: 'Where such certificates are kept; laid out as the official daemon does.',
    flag: { name: 'auto-ssl-cache' },
  }),
  auto_ssl_directory: key({
    type: url({ protocols: ['https'] }),
    default: 'https://acme-v02.api.letsencrypt.org/directory',
    description: 'Directory of the authority of auto_ssl_domain.',
    own: true,
  }),
  auto_ssl_directory_ca: optionalKey({
    type: path,
    description: 'PEM file with the certificates by which a private authority is known.',
    own: true,
  }),
  auto_ssl_email: optionalKey({
    type: text({ expected: 'a mail address', pattern: /^[^@\s]+@[^@\s]+$/ }),
    description: 'Where the authority writes to before a certificate ends.',
    own: true,
  }),
  auto_ssl_challenge: key({
    type: oneOf(['http-01', 'tls-alpn-01']),
    default: 'http-01',
    description:
      'How the domain is proved: http-01 on auto_ssl_http_endpoint, or tls-alpn-01 on daemon_endpoint, which must then be what port 443 of the domain leads to.',
    own: true,
  }),
  auto_ssl_http_endpoint: key({
    type: hostPort(),
    default: '0.0.0.0:80',
    description: 'Where http-01 is answered; port 80 of the domain must lead to it.',
    own: true,
  }),
  cors_allowed_origins: key({
    type: list(
      text({
        expected: 'an origin such as https://app.example, or *',
        pattern: /^(?:\*|null|[a-z][a-z0-9+.-]*:\/\/[^/\s]+)$/,
      }),
    ),
    default: ['*'],
    description: 'Origins whose web pages may read what the daemon answers; * for all.',
    own: true,
  }),
  cors_exposed_headers: key({
    type: list(text({ expected: 'a header name', pattern: /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/ })),
    default: [],
    description:
      'Headers and trailers that web pages may read beside those of gRPC-web and those that an answer has.',
    own: true,
  }),
  cors_max_age: optionalKey({
    type: duration(),
    unit: 'milliseconds',
    description:
      "How long a browser may remember that it may ask; the browser's own measure when not given.",
    own: true,
  }),
  reflection_enabled: key({
    type: boolean(),
    default: true,
    description:
      'Whether the daemon tells tools such as grpcurl which services there are (gRPC server reflection).',
    own: true,
  }),
  experimental: key({
    type: object({
      split_grpc_web: boolean(),
      use_original_cmux: boolean(),
      traffic_split: object({ grpc: port, http: port }),
    }),
    default: {},
    description: 'Switches of the official daemon; traffic_split gives gRPC and HTTP a port each.',
    later: 'warn',
  }),
  stop_grace_period: key({
    type: duration(),
    default: '10s',
    unit: 'milliseconds',
    description: 'How long running calls may go on after the daemon was told to stop.',
    own: true,
  }),
  stop_delay: key({
    type: duration(),
    default: '0s',
    unit: 'milliseconds',
    description:
      'How long the daemon still takes calls after it was told to stop and began to say that it is not ready: what a balancer needs to see that.',
    own: true,
  }),
  metrics_endpoint: optionalKey({
    type: hostPort(),
    description: 'Where GET /metrics answers in the Prometheus text format; off when not given.',
    rule: 'A loopback address, unless metrics_token is set.',
    own: true,
  }),
  metrics_token: optionalKey({
    type: text({ expected: 'at least 16 characters', pattern: /^[\x21-\x7e]{16,}$/ }),
    description: 'What a collector must show: Authorization: Bearer and this.',
    secret: true,
    own: true,
  }),
} as const;
