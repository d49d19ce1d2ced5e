import {
  daemon,
  decimal,
  integer,
  list,
  object,
  optional,
  smallInteger,
  text,
} from './build-shape.ts';

const method = {
  grpcServiceName: optional(text('gRPC service that it is for.', daemon)),
  grpcMethodName: optional(text('Method that it is for.', daemon)),
};

const subscriptionShape = object('A subscription.', daemon, {
  members: {
    periodInDays: optional(smallInteger('Days that it lasts.', daemon)),
    discountInPercentage: optional(decimal('Discount in percent.', daemon)),
    planName: optional(text('Name of the plan.', daemon)),
    licenseCost: optional(integer('Cost of the licence.', daemon)),
    ...method,
  },
});

const tierShape = object('Discounts by volume.', daemon, {
  members: {
    type: optional(text('Kind of the licence.', daemon)),
    planName: optional(text('Name of the plan.', daemon)),
    ...method,
    range: optional(
      list(
        'Discounts from some volume on.',
        daemon,
        object('One step.', daemon, {
          members: {
            high: optional(smallInteger('Upper end of the step.', daemon)),
            DiscountInPercentage: optional(decimal('Discount in percent.', daemon)),
          },
        }),
      ),
    ),
    detailsUrl: optional(text('Web page with the terms.', daemon)),
    isActive: optional(text('"true" or "false", in quotes.', daemon)),
  },
});

/** Licences of a group, which only the official daemon reads (protocol/metadata.md 3.4). */
export const licensesShape = object('Licences.', daemon, {
  members: {
    subscriptions: optional(
      object('Subscriptions.', daemon, {
        members: {
          type: optional(text('Kind of the licence.', daemon)),
          detailsUrl: optional(text('Web page with the terms.', daemon)),
          isActive: optional(text('"true" or "false", in quotes.', daemon)),
          subscription: optional(list('The plans.', daemon, subscriptionShape)),
        },
      }),
    ),
    tiers: optional(list('Tiers.', daemon, tierShape)),
  },
});

/** Add-ons of a group, which only the official daemon reads (protocol/metadata.md 3.4). */
export const addOnsShape = list(
  'Add-ons.',
  daemon,
  object('An add-on.', daemon, {
    members: {
      discountInPercentage: optional(decimal('Discount in percent.', daemon)),
      addOnCostInAGIX: optional(smallInteger('Cost in AGIX.', daemon)),
      name: optional(text('Name.', daemon)),
    },
  }),
);
