import type { JsonValue } from '@snetkit/core';
import {
  atLeast,
  calls,
  callsAndCli,
  cli,
  daemon,
  everybody,
  integer,
  list,
  nobody,
  notEmpty,
  object,
  oneOf,
  optional,
  required,
  someItems,
  text,
} from './build-shape.ts';
import {
  addressPattern,
  base64Pattern,
  durationPattern,
  groupIdPattern,
  officialDurationPattern,
  officialUrlPattern,
  zeroAddressPattern,
} from './patterns.ts';
import type { Rule } from './shape.ts';

const groupId = '32 bytes in base64: 44 characters that end with "="';

const durationRules: readonly Rule[] = [
  {
    code: 'DURATION_INVALID',
    schema: { pattern: durationPattern },
    breaks: calls,
    expected: 'numbers with units, such as "5s" or "1500ms"',
  },
  {
    code: 'DURATION_INVALID',
    schema: { pattern: officialDurationPattern },
    breaks: cli,
    message: 'The official CLI does not accept this duration.',
    expected: 'up to three digits and s or ms',
  },
];

const clientShape = object('How the official daemons reach their etcd.', everybody, {
  closedTo: cli,
  members: {
    connection_timeout: required(
      text('Duration such as 7s.', everybody, ...durationRules),
      callsAndCli,
      { fallback: '7s' },
    ),
    request_timeout: required(
      text('Duration such as 5s.', everybody, ...durationRules),
      callsAndCli,
      { fallback: '5s' },
    ),
    endpoints: required(
      list(
        'URLs of the members of the etcd cluster.',
        everybody,
        text('URL of a member of the etcd cluster.', everybody, notEmpty(cli), {
          code: 'URL_INVALID',
          schema: { pattern: officialUrlPattern },
          breaks: cli,
          message: 'The official CLI does not accept this URL.',
          expected: 'http, https, ftp or ftps and a host with a dot, localhost or an IP address',
        }),
        someItems(cli),
      ),
      everybody,
    ),
  },
});

const paymentShape = object('Who is paid, and how.', everybody, {
  closedTo: cli,
  members: {
    payment_address: required(
      text(
        'Address that receives the payments.',
        everybody,
        notEmpty(cli),
        {
          code: 'ADDRESS_INVALID',
          schema: { pattern: addressPattern },
          breaks: daemon,
          expected: 'an address: 0x and 40 hexadecimal digits',
        },
        {
          code: 'ADDRESS_ZERO',
          schema: { not: { pattern: zeroAddressPattern } },
          breaks: daemon,
          expected: 'an address that somebody has the key of',
        },
      ),
      everybody,
    ),
    payment_expiration_threshold: required(
      integer(
        'Blocks that a channel must outlive the current block by; 40320 is usual.',
        everybody,
        atLeast(0, calls),
        atLeast(1, cli),
      ),
      callsAndCli,
    ),
    payment_channel_storage_type: required(
      text('Store of the official daemons.', everybody, oneOf(['etcd'], cli)),
      cli,
      { fallback: 'etcd' },
    ),
    payment_channel_storage_client: required(clientShape, everybody),
  },
});

const groupShape = object('Services of this group share payment channels.', everybody, {
  closedTo: cli,
  members: {
    group_name: required(
      text('Unique name; the link to service documents.', everybody, notEmpty(callsAndCli)),
      callsAndCli,
    ),
    group_id: required(
      text(
        '32 random bytes in base64; never change it.',
        everybody,
        {
          code: 'GROUP_ID_INVALID',
          schema: { pattern: base64Pattern },
          breaks: daemon,
          expected: groupId,
        },
        {
          code: 'GROUP_ID_INVALID',
          schema: { pattern: groupIdPattern },
          breaks: calls,
          expected: groupId,
        },
        notEmpty(cli),
      ),
      callsAndCli,
    ),
    payment: required(paymentShape, everybody),
    license_server_endpoints: optional(
      list('Licence servers.', daemon, text('URL of a licence server.', daemon)),
      { refusedBy: cli },
    ),
  },
});

const descriptionShape = object('What the organization is, for people.', cli, {
  closedTo: cli,
  members: {
    description: required(text('The full text.', cli, notEmpty(cli)), cli),
    short_description: required(
      text('One line, up to 160 characters.', cli, notEmpty(cli), {
        code: 'TEXT_TOO_LONG',
        schema: { maxLength: 160 },
        breaks: cli,
        expected: 'at most 160 characters',
      }),
      cli,
    ),
    url: required(text('Web page of the organization.', cli), cli, { fallback: '' }),
  },
  repair: describe,
});

// Older documents have a plain text (protocol/metadata.md 4.1).
function describe(value: JsonValue): JsonValue | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const short = [...value].slice(0, 160).join('');
  return { description: value, short_description: short, url: '' };
}

const contactShape = object('How to reach somebody.', cli, {
  closedTo: cli,
  members: {
    email: required(text('E-mail address; may be empty.', cli), cli, { fallback: '' }),
    phone: required(text('Telephone number; may be empty.', cli), cli, { fallback: '' }),
    contact_type: required(
      text('What the contact is for.', cli, oneOf(['general', 'support'], cli)),
      cli,
    ),
    email_id: optional(text('The name of email in older documents.', nobody), {
      refusedBy: cli,
      renamedTo: 'email',
    }),
  },
});

/** The organization document (protocol/metadata.md 4). */
export const organizationShape = object('Metadata of a SingularityNET organization.', everybody, {
  closedTo: cli,
  members: {
    $schema: optional(text('The schema, for editors.', nobody), { refusedBy: cli }),
    org_name: required(text('Name for people.', everybody, notEmpty(cli)), cli),
    org_id: optional(text('Id in the registry, at most 32 bytes.', everybody, notEmpty(cli)), {
      missed: { by: nobody },
    }),
    org_type: required(
      text('Kind of the provider.', cli, oneOf(['organization', 'individual'], cli)),
      cli,
    ),
    description: required(descriptionShape, cli, { level: 'warning' }),
    assets: required(
      object('Pictures.', cli, {
        members: {
          hero_image: optional(text('Picture of the organization.', cli, notEmpty(cli))),
        },
      }),
      cli,
      { fallback: {} },
    ),
    contacts: required(list('Whom to ask.', cli, contactShape), cli, { fallback: [] }),
    groups: required(
      list('Payment groups.', everybody, groupShape, someItems(everybody)),
      everybody,
    ),
  },
});

/** An organization document as TypeScript sees it; `satisfies OrganizationDocument` checks a literal. */
export type OrganizationDocument = NonNullable<(typeof organizationShape)['value']>;
