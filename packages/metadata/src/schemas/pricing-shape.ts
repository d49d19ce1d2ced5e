import {
  atLeast,
  calls,
  cli,
  daemon,
  everybody,
  flag,
  integer,
  integerRule,
  list,
  notEmpty,
  numberRule,
  object,
  optional,
  required,
  someItems,
  text,
} from './build-shape.ts';
import type { Rule, Shape } from './shape.ts';

const isDefault = { required: ['default'], properties: { default: { const: true } } };
const hasModel = (model: string) => ({
  required: ['price_model'],
  properties: { price_model: { const: model } },
});

const price: Shape<number | bigint> = {
  description: 'Price of one call in cogs.',
  rules: [integerRule(daemon), numberRule(cli), atLeast(0, calls)],
};

const detailsShape = list(
  'Prices of methods.',
  daemon,
  object('Prices of one gRPC service.', daemon, {
    members: {
      service_name: required(text('Name of the gRPC service.', daemon, notEmpty(calls)), calls),
      method_pricing: required(
        list(
          'Prices of its methods.',
          daemon,
          object('Price of one method.', daemon, {
            members: {
              method_name: required(text('Name of the method.', daemon, notEmpty(calls)), calls),
              price_in_cogs: required(
                integer('Price of one call in cogs.', daemon, atLeast(0, calls)),
                calls,
              ),
            },
          }),
        ),
        calls,
      ),
    },
  }),
);

const knownModels = ['fixed_price', 'fixed_price_per_method'];
const unknownModel: Omit<Rule, 'schema' | 'breaks'> = {
  code: 'PRICE_MODEL_UNKNOWN',
  about: 'price_model',
  expected: '"fixed_price" or "fixed_price_per_method"',
};

const entryShape = object('A price list.', everybody, {
  closedTo: cli,
  members: {
    price_model: required(
      text('One price for all methods, or one for each.', everybody, {
        code: 'VALUE_UNKNOWN',
        schema: { enum: ['fixed_price', 'method_price'] },
        breaks: cli,
        message: 'The official CLI does not know the price model.',
        expected: '"fixed_price"',
      }),
      cli,
    ),
    price_in_cogs: required(price, cli),
    default: required(flag('Only the entry with true counts.', everybody), cli),
    package_name: optional(text('Proto package of the methods.', daemon), { refusedBy: cli }),
    details: optional(detailsShape, { refusedBy: cli }),
  },
  rules: [
    // The daemon looks only at the entry that counts; any other is a trap for clients.
    {
      ...unknownModel,
      schema: { properties: { price_model: { enum: knownModels } } },
      breaks: calls,
    },
    {
      ...unknownModel,
      schema: {
        if: isDefault,
        // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
        then: { required: ['price_model'], properties: { price_model: { enum: knownModels } } },
      },
      breaks: daemon,
    },
    {
      code: 'FIELD_MISSING',
      schema: {
        if: hasModel('fixed_price'),
        // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
        then: { required: ['price_in_cogs'] },
      },
      breaks: calls,
      about: 'price_in_cogs',
      expected: 'cogs for one call',
    },
    {
      code: 'METHOD_PRICES_MISSING',
      schema: {
        if: {
          required: [...isDefault.required, 'price_model'],
          properties: {
            ...isDefault.properties,
            price_model: { const: 'fixed_price_per_method' },
          },
        },
        // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
        then: {
          required: ['details'],
          properties: {
            details: {
              contains: {
                required: ['method_pricing'],
                properties: { method_pricing: { minItems: 1 } },
              },
            },
          },
        },
      },
      breaks: daemon,
      about: 'details',
      expected: 'a price for each method',
    },
  ],
});

/** The prices of a group (protocol/metadata.md 3.3). */
export const pricingListShape = list(
  'Price lists; exactly one counts.',
  everybody,
  entryShape,
  someItems(everybody),
  {
    code: 'DEFAULT_PRICE_MISSING',
    schema: {
      if: { minItems: 1 },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: { contains: isDefault },
    },
    breaks: daemon,
    expected: 'one entry with "default": true',
    repair: (entries) => {
      const [only, ...others] = Array.isArray(entries) ? entries : [];
      const alone = typeof only === 'object' && only !== null && !Array.isArray(only);
      return alone && others.length === 0 ? [{ ...only, default: true }] : undefined;
    },
  },
  {
    code: 'DEFAULT_PRICE_REPEATED',
    schema: { contains: isDefault, minContains: 0, maxContains: 1 },
    breaks: calls,
    expected: 'one entry with "default": true',
    // The daemon takes the first: the others can only mislead.
    repair: (entries) => {
      if (!Array.isArray(entries)) return undefined;
      let first = true;
      return entries.map((entry) => {
        const object = typeof entry === 'object' && entry !== null && !Array.isArray(entry);
        if (!object || entry['default'] !== true) return entry;
        const kept = first;
        first = false;
        return kept ? entry : { ...entry, default: false };
      });
    },
  },
);
