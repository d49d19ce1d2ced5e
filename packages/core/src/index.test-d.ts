// What the types must refuse; the type check reads this file, nothing runs it.
import { expectTypeOf } from 'vitest';
import {
  type Address,
  BaseError,
  type ErrorCode,
  type Hex,
  type JsonValue,
  type PaymentType,
  packClaimMessage,
  packConfigurationMessage,
  parseAddress,
  parseAmount,
  parseJson,
  parsePaymentType,
} from './index.ts';

// A code must be a row of the table.
expectTypeOf<'AMOUNT_INVALID'>().toExtend<ErrorCode>();
// @ts-expect-error: no such code
new BaseError('NO_SUCH_CODE', 'No.');

// Money is bigint.
expectTypeOf(parseAmount).returns.toEqualTypeOf<bigint>();
// @ts-expect-error: a number
packClaimMessage({ mpe: '0x', channelId: 1n, nonce: 0n, amount: 5 });

// Integers of JSON may be bigint, so nobody can take them for numbers unseen.
expectTypeOf(parseJson).returns.toEqualTypeOf<JsonValue>();
expectTypeOf<bigint>().toExtend<JsonValue>();

expectTypeOf(parseAddress).returns.toEqualTypeOf<Address>();
expectTypeOf<Address>().toExtend<Hex>();
expectTypeOf(parsePaymentType).returns.toEqualTypeOf<PaymentType>();
expectTypeOf<PaymentType>().toEqualTypeOf<'escrow' | 'free-call' | 'prepaid-call' | 'train-call'>();

// @ts-expect-error: the service has no such method
packConfigurationMessage({ method: 'Restart', block: 1n });
