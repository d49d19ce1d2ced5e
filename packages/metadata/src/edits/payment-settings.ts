import { type JsonObject, type JsonValue, parseAddress } from '@snetkit/core';
import { fieldPlace } from '../documents/field.ts';
import { formatPointer } from '../documents/json-pointer.ts';
import { parseDuration } from '../documents/parse-duration.ts';
import { toJsonInteger } from '../documents/to-json-integer.ts';
import { updateAt } from '../documents/update-at.ts';
import { checkEndpoint } from './check-endpoint.ts';
import type { EditContext } from './run-edit.ts';

/** How a group of an organization is paid; what is not given stays as it is. */
export interface PaymentSettings {
  readonly paymentAddress?: string | undefined;
  /** Blocks that a channel must outlive the current block by; 40320 is usual. */
  readonly paymentExpirationThreshold?: bigint | undefined;
  /** URLs of the members of the etcd cluster of the official daemons. */
  readonly storageEndpoints?: readonly string[] | undefined;
  /** Duration such as `7s`. */
  readonly connectionTimeout?: string | undefined;
  /** Duration such as `5s`. */
  readonly requestTimeout?: string | undefined;
}

/**
 * Writes payment settings into the group of an organization.
 *
 * @throws BaseError `ADDRESS_INVALID`, `DURATION_INVALID`, `METADATA_EDIT_REFUSED`
 */
export function putPaymentSettings(
  document: JsonObject,
  context: EditContext,
  group: number,
  settings: PaymentSettings,
): JsonObject {
  const payment = ['groups', group, 'payment'];
  const client = [...payment, 'payment_channel_storage_client'];
  const { paymentAddress, paymentExpirationThreshold, storageEndpoints } = settings;
  let result = document;
  const put = (at: readonly (string | number)[], value: JsonValue) => {
    result = updateAt(result, at, () => value);
  };
  if (paymentAddress !== undefined) {
    const at = [...payment, 'payment_address'];
    put(at, checkRecipient(paymentAddress, at, context));
  }
  if (paymentExpirationThreshold !== undefined) {
    const at = [...payment, 'payment_expiration_threshold'];
    put(at, checkThreshold(paymentExpirationThreshold, at, context));
  }
  for (const key of ['connection_timeout', 'request_timeout'] as const) {
    const text =
      key === 'connection_timeout' ? settings.connectionTimeout : settings.requestTimeout;
    if (text === undefined) continue;
    const at = [...client, key];
    parseDuration(text, { place: fieldPlace(context.root.document, formatPointer(at)) });
    put(at, text);
  }
  if (storageEndpoints !== undefined) {
    const at = [...client, 'endpoints'];
    put(
      at,
      storageEndpoints.map((url, i) => checkEndpoint(url, [...at, i], context)),
    );
  }
  return result;
}

function checkRecipient(
  text: string,
  at: readonly (string | number)[],
  { root, refuse }: EditContext,
): string {
  const place = fieldPlace(root.document, formatPointer(at));
  const address = parseAddress(text, { place });
  if (!/^0x0+$/.test(address)) return address;
  const message = 'Nobody has the key of this address.';
  throw refuse(at, { message, expected: 'the address of the provider', found: address });
}

function checkThreshold(
  blocks: bigint,
  at: readonly (string | number)[],
  { refuse }: EditContext,
): JsonValue {
  if (blocks >= 1n) return toJsonInteger(blocks);
  const message = 'This is not a number of blocks.';
  throw refuse(at, { message, expected: 'at least 1', found: `${blocks}` });
}
