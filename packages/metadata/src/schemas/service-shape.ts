import {
  anything,
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
  smallInteger,
  someItems,
  text,
} from './build-shape.ts';
import { addOnsShape, licensesShape } from './licenses-shape.ts';
import {
  addressPattern,
  endpointPattern,
  groupIdPattern,
  optionalAddressPattern,
  secureEndpointPattern,
} from './patterns.ts';
import { pricingListShape } from './pricing-shape.ts';
import type { Rule } from './shape.ts';

const address = 'an address: 0x and 40 hexadecimal digits';

const groupShape = object('Replicas that share payment channels, and what they cost.', everybody, {
  closedTo: cli,
  members: {
    group_name: required(
      text('Links the group with the one of the organization.', everybody, notEmpty(callsAndCli)),
      callsAndCli,
    ),
    group_id: required(
      text(
        'Group id of the organization: 32 bytes in base64.',
        everybody,
        {
          code: 'GROUP_ID_INVALID',
          schema: { pattern: groupIdPattern },
          breaks: calls,
          expected: '32 bytes in base64: 44 characters that end with "="',
        },
        notEmpty(cli),
      ),
      callsAndCli,
    ),
    pricing: required(pricingListShape, everybody),
    endpoints: required(
      list(
        'URLs of the daemons.',
        everybody,
        text(
          'URL of a daemon, such as https://example.org:7000.',
          everybody,
          notEmpty(cli),
          {
            code: 'URL_INVALID',
            schema: { pattern: endpointPattern },
            breaks: calls,
            expected: 'a URL with http or https and a host',
          },
          {
            code: 'ENDPOINT_INSECURE',
            schema: {
              if: { pattern: endpointPattern },
              // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
              then: { pattern: secureEndpointPattern },
            },
            breaks: nobody,
            expected: 'https',
          },
        ),
        someItems(callsAndCli),
      ),
      callsAndCli,
    ),
    daemon_addresses: required(
      list(
        'Ethereum addresses of the daemons.',
        cli,
        text('Ethereum address of a daemon.', cli, notEmpty(cli), {
          code: 'ADDRESS_INVALID',
          schema: { pattern: optionalAddressPattern },
          breaks: nobody,
          expected: address,
        }),
        someItems(cli),
      ),
      cli,
    ),
    free_calls: optional(
      smallInteger('Calls that each user has for nothing.', everybody, atLeast(0, nobody)),
    ),
    free_call_signer_address: optional(
      text(
        'Address that signs the tokens of free calls; switches free calls on.',
        everybody,
        notEmpty(cli),
        {
          code: 'ADDRESS_INVALID',
          schema: { pattern: optionalAddressPattern },
          breaks: daemon,
          expected: address,
        },
      ),
    ),
    licenses: optional(licensesShape, { refusedBy: cli }),
    addOns: optional(addOnsShape, { refusedBy: cli }),
    payment: optional(anything('Belongs into the organization document.'), { refusedBy: cli }),
  },
});

const descriptionShape = object('What the service is, for people.', cli, {
  members: {
    url: required(text('Web page of the service.', cli), cli),
    short_description: required(
      text('One line, up to 160 characters.', cli, {
        code: 'TEXT_TOO_LONG',
        schema: { maxLength: 160 },
        breaks: nobody,
        expected: 'at most 160 characters, which is what the marketplace shows',
      }),
      cli,
    ),
    description: optional(text('The full text.', cli)),
    long_description: optional(text('The full text, in older documents.', cli)),
  },
  rules: [
    {
      code: 'FIELD_MISSING',
      schema: { anyOf: [{ required: ['description'] }, { required: ['long_description'] }] },
      breaks: cli,
      about: 'description',
      expected: 'description, or long_description',
    },
  ],
});

const mediaShape = object('A picture or a video.', cli, {
  closedTo: cli,
  members: {
    order: required(integer('Place in the gallery, from 1.', cli), cli),
    url: required(text('URL or storage URI.', cli, notEmpty(cli)), cli),
    file_type: required(text('Kind of the file.', cli, oneOf(['image', 'video'], cli)), cli),
    alt_text: required(
      text(
        'One of the texts that the marketplace knows.',
        cli,
        oneOf(['hover_on_the_image_text', 'hover_on_the_video_url', ''], cli),
      ),
      cli,
      { fallback: '' },
    ),
    asset_type: optional(text('hero_image for the picture of the service.', cli)),
  },
});

const assetsShape = object('Pictures and texts, in older documents.', cli, {
  members: {
    hero_image: optional(text('Picture of the service: <cid>/<file name>.', nobody)),
    documentation: optional(text('<cid>/<file name>.', nobody)),
    terms_of_use: optional(text('<cid>/<file name>.', nobody)),
    images: optional(list('Pictures.', nobody, text('<cid>/<file name>.', nobody))),
  },
});

const named = (key: string): Rule['schema'] => ({
  required: [key],
  properties: { [key]: { minLength: 1 } },
});

/** The service document (protocol/metadata.md 3). */
export const serviceShape = object('Metadata of a SingularityNET service.', everybody, {
  closedTo: cli,
  members: {
    $schema: optional(text('The schema, for editors.', nobody), { refusedBy: cli }),
    version: required(smallInteger('Format version: 1.', everybody, atLeast(1, cli)), cli, {
      fallback: 1,
    }),
    display_name: required(text('Name for people.', everybody, notEmpty(cli)), cli),
    encoding: required(
      text('How the service wants its messages.', everybody, oneOf(['proto', 'json'], callsAndCli)),
      callsAndCli,
      { fallback: 'proto' },
    ),
    service_type: required(
      text(
        'How the daemon talks to the service.',
        everybody,
        oneOf(['grpc', 'http', 'jsonrpc', 'process'], callsAndCli),
      ),
      callsAndCli,
      { fallback: 'grpc' },
    ),
    service_api_source: optional(
      text('Storage URI of the proto archive: ipfs://<cid> or filecoin://<cid>.', everybody, {
        ...notEmpty(cli),
      }),
    ),
    model_ipfs_hash: required(
      text('CID of the proto archive in older documents; empty otherwise.', everybody),
      cli,
      { fallback: '' },
    ),
    mpe_address: required(
      text('MultiPartyEscrow contract of the network.', everybody, notEmpty(cli), {
        code: 'ADDRESS_INVALID',
        schema: { pattern: addressPattern },
        breaks: calls,
        expected: address,
      }),
      callsAndCli,
    ),
    groups: required(
      list('Where the service runs and what it costs there.', everybody, groupShape, {
        ...someItems(everybody),
      }),
      everybody,
    ),
    service_description: optional(descriptionShape, { missed: { by: nobody } }),
    contributors: required(
      list(
        'Who made the service.',
        cli,
        object('A person or an organization.', cli, {
          closedTo: cli,
          members: {
            name: required(text('Name.', cli, notEmpty(cli)), cli),
            email_id: required(text('E-mail address; may be empty.', cli), cli, { fallback: '' }),
          },
        }),
        someItems(cli, 'warning'),
      ),
      cli,
      { level: 'warning' },
    ),
    media: optional(list('Pictures and videos.', cli, mediaShape)),
    assets: optional(assetsShape),
    tags: optional(
      list('Words to find the service with.', cli, text('A word.', cli, notEmpty(cli))),
    ),
    payment_expiration_threshold: optional(
      integer('Belongs into the organization document.', nobody),
      { refusedBy: cli },
    ),
    dynamic_pricing: optional(object('Ignored.', daemon, { members: {} }), { refusedBy: cli }),
    training_methods: optional(list('Ignored.', daemon, text('A method.', daemon)), {
      refusedBy: cli,
    }),
    training_metadata: optional(object('Ignored.', daemon, { members: {} }), { refusedBy: cli }),
    pricing: optional(anything('Price in the legacy layout.'), { refusedBy: cli }),
    endpoints: optional(anything('Endpoints in the legacy layout.'), { refusedBy: cli }),
  },
  rules: [
    {
      code: 'API_SOURCE_MISSING',
      schema: { anyOf: [named('service_api_source'), named('model_ipfs_hash')] },
      breaks: everybody,
      about: 'service_api_source',
      expected: 'the storage URI of an archive of .proto files',
    },
    {
      code: 'HERO_IMAGE_MISSING',
      schema: {
        anyOf: [
          {
            required: ['media'],
            properties: {
              media: {
                contains: {
                  required: ['asset_type'],
                  properties: { asset_type: { const: 'hero_image' } },
                },
              },
            },
          },
          { required: ['assets'], properties: { assets: named('hero_image') } },
        ],
      },
      breaks: nobody,
      about: 'media',
      expected: 'an image with the asset type hero_image',
    },
  ],
});

/** A service document as TypeScript sees it; `satisfies ServiceDocument` checks a literal. */
export type ServiceDocument = NonNullable<(typeof serviceShape)['value']>;
