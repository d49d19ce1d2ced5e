import { type JsonValue, parseJson } from '@snetkit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { organizationText, serviceText } from '../../test/documents.ts';
import type { Change } from '../../test/vectors.ts';
import {
  type ValidateServiceOptions,
  validateServiceMetadata,
} from './validate-service-metadata.ts';

const groupId = '/mb90Qs8VktxGQmU0uRu0bSlGgqeDlYrKrs+WbsOvOQ=';
const otherId = '58jzXGw13K3XC4VNNxZEPB36naQg2lEfduI/0z+axQs=';
const mpeAddress = '0x7E0aF8988DF45B824b2E0e0A87c6196897744970';
const price = '/groups/0/pricing/0';

function validate(changes: readonly Change[], options: ValidateServiceOptions = {}) {
  return validateServiceMetadata(parseJson(serviceText(...changes)), options);
}

/** The findings that the document of the vectors does not have without the changes. */
function list(changes: readonly Change[], options?: ValidateServiceOptions): string[] {
  return validate(changes, options)
    .map(({ level, code, pointer, breaks }) => [level, code, pointer, ...breaks].join(' '))
    .filter((line) => !usual.includes(line));
}

const usual = [
  'warning ENDPOINT_INSECURE /groups/0/endpoints/0',
  'warning FREE_CALL_SIGNER_UNUSED /groups/0/free_calls',
];

const organization = (...changes: readonly Change[]) => parseJson(organizationText(...changes));
const method = (methodName: string, more: object = {}) => ({
  packageName: 'example_service',
  serviceName: 'Calculator',
  methodName,
  ...more,
});
const perMethod = (...names: readonly string[]): Change => ({
  path: price,
  value: {
    default: true,
    price_model: 'fixed_price_per_method',
    package_name: 'example_service',
    details: [
      {
        service_name: 'Calculator',
        method_pricing: names.map((method_name) => ({ method_name, price_in_cogs: 2 })),
      },
    ],
  },
});
const forCli = [
  `compat VALUE_UNKNOWN ${price}/price_model official-cli`,
  `compat FIELD_MISSING ${price}/price_in_cogs official-cli`,
  `compat KEY_UNKNOWN ${price}/package_name official-cli`,
  `compat KEY_UNKNOWN ${price}/details official-cli`,
];

test('default', () => {
  expect(validate([])).toEqual([
    {
      level: 'warning',
      code: 'ENDPOINT_INSECURE',
      pointer: '/groups/0/endpoints/0',
      message: 'The endpoint is not encrypted.',
      expected: 'https',
      found: '"http://node1.naint.tech:62400"',
      breaks: [],
    },
    {
      level: 'warning',
      code: 'FREE_CALL_SIGNER_UNUSED',
      pointer: '/groups/0/free_calls',
      message: 'There is a signer of free calls, but no free call.',
      expected: 'a number of calls',
      found: '0',
      breaks: [],
    },
  ]);
});

test('behavior: a finding says everything, and how to mend it', () => {
  const [finding] = validate([{ path: `${price}/price_in_cogs`, value: '12' }]);
  expect(finding).toEqual({
    level: 'error',
    code: 'TYPE_WRONG',
    pointer: `${price}/price_in_cogs`,
    message: 'A value has the wrong type.',
    expected: 'an integer, without quotes, fraction or exponent',
    found: '"12"',
    breaks: ['daemon', 'official-cli'],
    fix: {
      summary: `Set ${price}/price_in_cogs to 12.`,
      patch: [{ op: 'replace', path: `${price}/price_in_cogs`, value: 12 }],
    },
  });
});

describe('behavior: rules of the document alone', () => {
  const cases: readonly [string, readonly Change[], readonly string[]][] = [
    [
      'price with a fraction',
      [{ path: `${price}/price_in_cogs`, value: 1.5 }],
      [`error TYPE_WRONG ${price}/price_in_cogs daemon`],
    ],
    [
      'price below zero',
      [{ path: `${price}/price_in_cogs`, value: -1 }],
      [`error NUMBER_TOO_SMALL ${price}/price_in_cogs calls`],
    ],
    [
      'no price',
      [{ path: `${price}/price_in_cogs`, remove: true }],
      [`error FIELD_MISSING ${price}/price_in_cogs calls official-cli`],
    ],
    [
      'no default',
      [{ path: `${price}/default`, value: false }],
      ['error DEFAULT_PRICE_MISSING /groups/0/pricing daemon'],
    ],
    [
      'default in quotes',
      [{ path: `${price}/default`, value: 'true' }],
      [
        'error DEFAULT_PRICE_MISSING /groups/0/pricing daemon',
        `error TYPE_WRONG ${price}/default daemon official-cli`,
      ],
    ],
    [
      'two defaults',
      [
        {
          path: '/groups/0/pricing/1',
          value: { default: true, price_model: 'fixed_price', price_in_cogs: 2 },
        },
      ],
      ['error DEFAULT_PRICE_REPEATED /groups/0/pricing calls'],
    ],
    [
      'default is not the first',
      [
        {
          path: '/groups/0/pricing',
          value: [
            { default: false, price_model: 'fixed_price', price_in_cogs: 2 },
            { default: true, price_model: 'fixed_price', price_in_cogs: 1 },
          ],
        },
      ],
      ['warning DEFAULT_PRICE_NOT_FIRST /groups/0/pricing/1'],
    ],
    [
      'unknown model',
      [{ path: `${price}/price_model`, value: 'auction' }],
      [
        `error PRICE_MODEL_UNKNOWN ${price}/price_model calls daemon`,
        `compat VALUE_UNKNOWN ${price}/price_model official-cli`,
      ],
    ],
    [
      'the model that only the official CLI knows',
      [{ path: `${price}/price_model`, value: 'method_price' }],
      [`error PRICE_MODEL_UNKNOWN ${price}/price_model calls daemon`],
    ],
    [
      'unknown model that does not count',
      [
        {
          path: '/groups/0/pricing/1',
          value: { default: false, price_model: 'auction', price_in_cogs: 2 },
        },
      ],
      [
        'error PRICE_MODEL_UNKNOWN /groups/0/pricing/1/price_model calls',
        'compat VALUE_UNKNOWN /groups/0/pricing/1/price_model official-cli',
      ],
    ],
    ['prices of methods', [perMethod('add')], forCli],
    [
      'prices of no method',
      [perMethod()],
      [`error METHOD_PRICES_MISSING ${price}/details daemon`, ...forCli],
    ],
    [
      'a method twice',
      [perMethod('add', 'mul', 'add')],
      [`error METHOD_PRICE_REPEATED ${price}/details/0/method_pricing/2 calls`, ...forCli],
    ],
    [
      'the key of metadata-set-method-price',
      [{ path: '/groups/0/pricings', value: [] }],
      ['compat KEY_UNKNOWN /groups/0/pricings official-cli'],
    ],
    [
      'free-call signer',
      [{ path: '/groups/0/free_call_signer_address', value: '0x12' }],
      ['error ADDRESS_INVALID /groups/0/free_call_signer_address daemon'],
    ],
    [
      'free calls without signer',
      [
        { path: '/groups/0/free_call_signer_address', remove: true },
        { path: '/groups/0/free_calls', value: 5 },
      ],
      ['warning FREE_CALLS_WITHOUT_SIGNER /groups/0/free_call_signer_address'],
    ],
    [
      'free calls below zero',
      [{ path: '/groups/0/free_calls', value: -5 }],
      ['warning NUMBER_TOO_SMALL /groups/0/free_calls'],
    ],
    [
      'encoding',
      [{ path: '/encoding', value: 'grpc' }],
      ['error VALUE_UNKNOWN /encoding calls official-cli'],
    ],
    [
      'service type',
      [{ path: '/service_type', value: 'rest' }],
      ['error VALUE_UNKNOWN /service_type calls official-cli'],
    ],
    [
      'no api source',
      [{ path: '/model_ipfs_hash', remove: true }],
      [
        'error API_SOURCE_MISSING /service_api_source daemon official-cli',
        'compat FIELD_MISSING /model_ipfs_hash official-cli',
      ],
    ],
    [
      'api source of another scheme',
      [{ path: '/service_api_source', value: 'https://x.org' }],
      ['error API_SOURCE_INVALID /service_api_source daemon'],
    ],
    [
      'api source with a path',
      [
        {
          path: '/service_api_source',
          value: 'ipfs://QmeyrQkEyba8dd4rc3jrLd5pEwsxHutfH2RvsSaeSMqTtQ/a.tar',
        },
      ],
      ['error API_SOURCE_INVALID /service_api_source daemon'],
    ],
    [
      'no CID',
      [{ path: '/model_ipfs_hash', value: 'QmeyrQkEyba8dd4rc3jrLd5pEwsxHutfH2RvsSaeSMqTt' }],
      ['error API_SOURCE_INVALID /model_ipfs_hash daemon'],
    ],
    [
      'group id of 31 bytes',
      [{ path: '/groups/0/group_id', value: '/mb90Qs8VktxGQmU0uRu0bSlGgqeDlYrKrs+WbsOvA==' }],
      ['error GROUP_ID_INVALID /groups/0/group_id calls'],
    ],
    [
      'escrow address',
      [{ path: '/mpe_address', value: 'mpe' }],
      ['error ADDRESS_INVALID /mpe_address calls'],
    ],
    [
      'endpoint',
      [{ path: '/groups/0/endpoints/0', value: 'node1.org:70' }],
      ['error URL_INVALID /groups/0/endpoints/0 calls'],
    ],
    [
      'endpoint with a port that is none',
      [{ path: '/groups/0/endpoints/0', value: 'https://node1.org:65536' }],
      ['error URL_INVALID /groups/0/endpoints/0 calls'],
    ],
    [
      'endpoint with TLS',
      [{ path: '/groups/0/endpoints/0', value: 'HTTPS://[::1]:65535/a?b' }],
      [],
    ],
    [
      'endpoint twice',
      [{ path: '/groups/0/endpoints/1', value: 'http://node1.naint.tech:62400' }],
      [
        'warning ENDPOINT_INSECURE /groups/0/endpoints/1',
        'warning ENDPOINT_REPEATED /groups/0/endpoints/1',
      ],
    ],
    [
      'daemon address',
      [{ path: '/groups/0/daemon_addresses/0', value: 'x' }],
      ['warning ADDRESS_INVALID /groups/0/daemon_addresses/0'],
    ],
    [
      'daemon address of the web publisher',
      [{ path: '/groups/0/daemon_addresses/0', value: '' }],
      ['compat TEXT_EMPTY /groups/0/daemon_addresses/0 official-cli'],
    ],
    [
      'two groups of one name',
      [{ path: '/groups/1', value: JSON.parse(serviceText()).groups[0] }],
      [
        'error GROUP_NAME_REPEATED /groups/1/group_name calls',
        'warning ENDPOINT_INSECURE /groups/1/endpoints/0',
        'warning FREE_CALL_SIGNER_UNUSED /groups/1/free_calls',
      ],
    ],
    [
      'nothing to show',
      [
        { path: '/media', remove: true },
        { path: '/service_description', remove: true },
        { path: '/contributors', remove: true },
      ],
      [
        'warning HERO_IMAGE_MISSING /media',
        'warning FIELD_MISSING /service_description',
        'warning FIELD_MISSING /contributors official-cli',
      ],
    ],
    [
      'an older hero image',
      [
        { path: '/media', remove: true },
        { path: '/assets', value: { hero_image: 'Qm/a.png' } },
      ],
      [],
    ],
    [
      'a daemon address twice',
      [
        {
          path: '/groups/0/daemon_addresses/1',
          value: '0x0709e9b78756b740ab0c64427f43f8305fd6d1a7',
        },
      ],
      ['warning DAEMON_ADDRESS_REPEATED /groups/0/daemon_addresses/1'],
    ],
    [
      'a line that the marketplace cuts',
      [{ path: '/service_description/short_description', value: 'x'.repeat(161) }],
      ['warning TEXT_TOO_LONG /service_description/short_description'],
    ],
    ['a tag twice', [{ path: '/tags', value: ['a', 'b', 'a'] }], ['warning TAG_REPEATED /tags/2']],
    [
      'a key in capitals, which only Go reads',
      [{ path: '/Version', value: 1 }],
      ['warning KEY_CASE_WRONG /Version official-cli'],
    ],
    [
      'unknown keys',
      [
        { path: '/a~b', value: 1 },
        { path: '/groups/0/payment', value: {} },
      ],
      [
        'compat KEY_UNKNOWN /groups/0/payment official-cli',
        'compat KEY_UNKNOWN /a~0b official-cli',
      ],
    ],
    [
      'licences of a wrong type',
      [{ path: '/groups/0/licenses', value: { subscriptions: { isActive: true } } }],
      [
        'error TYPE_WRONG /groups/0/licenses/subscriptions/isActive daemon',
        'compat KEY_UNKNOWN /groups/0/licenses official-cli',
      ],
    ],
    [
      'null, which is nothing for Go',
      [
        { path: '/groups/0/pricing', value: null },
        { path: '/display_name', value: null },
      ],
      [
        'error FIELD_MISSING /groups/0/pricing daemon',
        'compat TYPE_WRONG /display_name official-cli',
        'compat TYPE_WRONG /groups/0/pricing official-cli',
      ],
    ],
  ];
  test.each(cases)('%s', (_, changes, expected) => {
    expect(list(changes)).toEqual(expected);
  });

  test('a price beyond 256 bits', () => {
    const text = serviceText().replace('"price_in_cogs":1', `"price_in_cogs":${2n ** 256n}`);
    const codes = validateServiceMetadata(parseJson(text)).map(({ code }) => code);
    expect(codes).toContain('NUMBER_TOO_LARGE');
    const most = serviceText().replace('"price_in_cogs":1', `"price_in_cogs":${2n ** 256n - 1n}`);
    const others = validateServiceMetadata(parseJson(most)).map(({ code }) => code);
    expect(others).not.toContain('NUMBER_TOO_LARGE');
  });

  test('args: text, which tells what is written as an integer', () => {
    const text = serviceText()
      .replace('"price_in_cogs":1', '"price_in_cogs":1.0')
      .replace('"order":1', '"order":1e0');
    expect(list([], { text })).toEqual([`error TYPE_WRONG ${price}/price_in_cogs daemon`]);
    const [finding] = validate([], { text });
    expect(finding).toMatchObject({
      message: 'The number is not written as an integer.',
      expected: 'an integer, without quotes, fraction or exponent',
      found: '"1.0"',
    });
    expect(list([], { text: serviceText() })).toEqual([]);
  });

  test('a price with an exponent', () => {
    const text = serviceText().replace('"price_in_cogs":1', '"price_in_cogs":1e18');
    const [finding] = validateServiceMetadata(parseJson(text));
    expect(finding).toMatchObject({ code: 'TYPE_WRONG', breaks: ['daemon'] });
  });
});

describe('args', () => {
  const cases: readonly [string, readonly Change[], ValidateServiceOptions, readonly string[]][] = [
    ['organization: the same', [], { organization: organization() }, []],
    [
      'organization: without the group',
      [{ path: '/groups/0/group_name', value: 'x' }],
      { organization: organization() },
      ['error GROUP_NOT_IN_ORGANIZATION /groups/0/group_name calls'],
    ],
    [
      'organization: another group id',
      [],
      { organization: organization({ path: '/groups/0/group_id', value: otherId }) },
      ['error GROUP_ID_DIFFERS /groups/0/group_id calls'],
    ],
    ['mpeAddress: the same', [], { mpeAddress }, []],
    [
      'mpeAddress: the same in lower case',
      [{ path: '/mpe_address', value: mpeAddress.slice(2).toLowerCase() }],
      { mpeAddress },
      [],
    ],
    [
      'mpeAddress: another',
      [],
      { mpeAddress: '0x9c9252ec9fa844e2c7bd2e6f54bec2901938479f' },
      ['error MPE_ADDRESS_DIFFERS /mpe_address calls'],
    ],
    ['groupName: missing', [], { groupName: 'x' }, ['error GROUP_NOT_FOUND /groups daemon']],
    [
      'ids: too long',
      [],
      { organizationId: 'ä'.repeat(17), serviceId: 'x'.repeat(32) },
      ['error ID_INVALID  calls'],
    ],
    ['methods: all have prices', [perMethod('add')], { methods: [method('add')] }, forCli],
    [
      'methods: one is not there',
      [perMethod('add', 'sub')],
      { methods: [method('add')] },
      [`error METHOD_UNKNOWN ${price}/details/0/method_pricing/1 calls`, ...forCli],
    ],
    [
      'methods: one has no price',
      [perMethod('add')],
      { methods: [method('add'), method('sub')] },
      [`warning METHOD_WITHOUT_PRICE ${price}/details`, ...forCli],
    ],
    [
      'methods: one asks for its price',
      [perMethod('add')],
      {
        methods: [
          method('add'),
          method('sub', {
            file: 'a.proto',
            estimatePriceMethod: '/example_service.Calculator/ask',
          }),
          method('ask'),
        ],
      },
      forCli,
    ],
    ['methods: a fixed price is for all', [], { methods: [method('add')] }, []],
    [
      'methods: dynamic prices in two files',
      [],
      {
        methods: [
          method('a', { file: 'a.proto', estimatePriceMethod: '/x' }),
          method('b', { file: 'b.proto', estimatePriceMethod: '/x' }),
        ],
      },
      ['warning DYNAMIC_PRICING_LOST /service_api_source'],
    ],
    [
      'methods: dynamic price without package',
      [],
      {
        methods: [
          { ...method('a', { file: 'a.proto', estimatePriceMethod: '/x' }), packageName: '' },
        ],
      },
      ['warning DYNAMIC_PRICING_LOST /service_api_source'],
    ],
    [
      'archiveFiles',
      [],
      { archiveFiles: ['a.proto', 'd/', 'README.md'] },
      ['warning ARCHIVE_FOREIGN_FILE /service_api_source'],
    ],
    ['published: the same', [], { published: parseJson(serviceText()) }, []],
    [
      'published: another group id',
      [],
      { published: parseJson(serviceText({ path: '/groups/0/group_id', value: otherId })) },
      ['warning GROUP_ID_CHANGED /groups/0/group_id'],
    ],
    [
      'published: another group',
      [],
      { published: parseJson(serviceText({ path: '/groups/0/group_name', value: 'old' })) },
      ['warning GROUP_REMOVED /groups'],
    ],
  ];
  test.each(cases)('%s', (_, changes, options, expected) => {
    expect(list(changes, options)).toEqual(expected);
  });

  test('organization: gives the group id that is missing', () => {
    const changes = [{ path: '/groups/0/group_id', remove: true }];
    const [finding] = validate(changes, { organization: organization() });
    expect(finding).toMatchObject({ code: 'FIELD_MISSING', pointer: '/groups/0/group_id' });
    expect(finding?.fix?.patch).toEqual([
      { op: 'add', path: '/groups/0/group_id', value: groupId },
    ]);
  });
});

test('behavior: the legacy layout is told, and what does not work because of it', () => {
  const lines = list([
    { path: '/groups/0/pricing', remove: true },
    { path: '/pricing', value: { price_model: 'fixed_price', price_in_cogs: 1 } },
  ]);
  expect(lines).toEqual([
    'error FIELD_MISSING /groups/0/pricing daemon official-cli',
    'warning LEGACY_LAYOUT /pricing',
    'compat KEY_UNKNOWN /pricing official-cli',
  ]);
});

test('behavior: it has an answer to any JSON whatsoever', () => {
  const base = JSON.parse(serviceText());
  const places = [
    '/groups',
    '/groups/0',
    '/groups/0/pricing',
    price,
    '/media',
    '/tags',
    '/groups/0/endpoints',
    `${price}/price_in_cogs`,
    '/service_api_source',
  ];
  fc.assert(
    fc.property(fc.constantFrom('', ...places), fc.jsonValue(), (path, value) => {
      const document = path === '' ? value : JSON.parse(serviceText({ path, value }));
      const options = {
        organization: base,
        mpeAddress,
        published: base,
        methods: [],
        groupName: 'x',
      } as const;
      const findings = validateServiceMetadata(document as JsonValue, options);
      const twice = validateServiceMetadata(base, {
        ...options,
        organization: document as JsonValue,
        published: document as JsonValue,
      });
      expect(findings.length + twice.length).toBeGreaterThan(0);
    }),
  );
});
