import {
  decimal,
  type Field,
  integer,
  items,
  member,
  object,
  smallInteger,
  text,
} from './field.ts';
import type { AddOn, Licenses, Subscription, Tier } from './licenses.ts';

/** Reads the licences of a group; none when there is no such field. */
export function readLicenses(field: Field): Licenses {
  const subscriptions = member(field, 'subscriptions');
  return {
    subscriptions:
      subscriptions.value === undefined
        ? undefined
        : {
            type: text(member(subscriptions, 'type')),
            detailsUrl: text(member(subscriptions, 'detailsUrl')),
            isActive: text(member(subscriptions, 'isActive')),
            subscription: items(member(subscriptions, 'subscription')).map(readSubscription),
          },
    tiers: items(member(field, 'tiers')).map(readTier),
  };
}

/** Reads the add-ons of a group; none when there is no such field. */
export function readAddOns(field: Field): AddOn[] {
  return items(field).map((addOn) => {
    object(addOn);
    return {
      name: text(member(addOn, 'name')),
      discountInPercentage: decimal(member(addOn, 'discountInPercentage')),
      addOnCostInAGIX: smallInteger(member(addOn, 'addOnCostInAGIX')),
    };
  });
}

function readSubscription(field: Field): Subscription {
  object(field);
  return {
    periodInDays: smallInteger(member(field, 'periodInDays')),
    discountInPercentage: decimal(member(field, 'discountInPercentage')),
    planName: text(member(field, 'planName')),
    licenseCost: integer(member(field, 'licenseCost')),
    ...readMethod(field),
  };
}

function readTier(field: Field): Tier {
  object(field);
  return {
    type: text(member(field, 'type')),
    planName: text(member(field, 'planName')),
    ...readMethod(field),
    range: items(member(field, 'range')).map((step) => {
      object(step);
      return {
        high: smallInteger(member(step, 'high')),
        discountInPercentage: decimal(member(step, 'DiscountInPercentage')),
      };
    }),
    detailsUrl: text(member(field, 'detailsUrl')),
    isActive: text(member(field, 'isActive')),
  };
}

function readMethod(field: Field) {
  return {
    grpcServiceName: text(member(field, 'grpcServiceName')),
    grpcMethodName: text(member(field, 'grpcMethodName')),
  };
}
