import { maxUint256 } from '@snetkit/core';
import fc from 'fast-check';
import { decodeGob } from '../../../src/official-state/gob/decode-gob.ts';
import { createMemoryOfficialStore } from '../../../src/official-state/memory-official-store.ts';
import { officialKeys } from '../../../src/official-state/official-keys.ts';
import {
  freeCallUserData,
  modelData,
  modelUserData,
  payment,
  paymentChannelData,
  pendingModelData,
  prePaidData,
  publicModelData,
} from '../../../src/official-state/official-structs.ts';
import { readOfficialState } from '../../../src/official-state/read-official-state.ts';
import { accepted, demand } from '../expect.ts';
import type { FuzzTarget } from '../fuzz-target.ts';

const group = {
  network: 'sepolia',
  organizationId: 'org',
  groupId: new Uint8Array(32),
  mpe: `0x${'22'.repeat(20)}`,
};
const keys = officialKeys(group);
const shapes = [
  paymentChannelData,
  payment,
  freeCallUserData,
  prePaidData,
  modelData,
  modelUserData,
  pendingModelData,
  publicModelData,
] as const;

const amount = fc.oneof(fc.bigInt({ min: -2n, max: 5n }), fc.bigInt({ min: 0n, max: maxUint256 }));
const channel = fc
  .tuple(amount, amount, amount, fc.uint8Array({ maxLength: 66 }))
  .map(([AuthorizedAmount, FullAmount, Nonce, Signature]) => [
    keys.channel(7n),
    paymentChannelData.encode({
      ...paymentChannelData.zero,
      ...{ ChannelID: 7n, AuthorizedAmount, FullAmount, Nonce, Signature },
    }),
  ]);
const claim = fc
  .tuple(amount, amount)
  .map(([Amount, ChannelNonce]) => [
    keys.claim(7n, 0n),
    payment.encode({ ...payment.zero, ChannelID: 7n, Amount, ChannelNonce }),
  ]);
const prepaid = amount.map((Amount) => [keys.prepaid(7n, 'P'), prePaidData.encode({ Amount })]);
const user = { address: `0x${'33'.repeat(20)}`, userId: 'u', serviceId: 's' };
const freeCall = fc.bigInt({ min: -1n, max: 2n ** 62n }).map((FreeCallsMade) => [
  keys.freeCall(user),
  freeCallUserData.encode({
    ...freeCallUserData.zero,
    ...{ Address: user.address, UserID: 'u', ServiceId: 's', FreeCallsMade },
  }),
]);
const model = fc
  .tuple(fc.string(), fc.array(fc.string(), { maxLength: 3 }))
  .map(([ModelId, list]) => [
    `${keys.prefix}//model-user/storage/x`,
    modelData.encode({ ...modelData.zero, ModelId, AuthorizedAddresses: list }),
  ]);

/**
 * A key and a value of the store of official daemons, with a line break between them: read as a whole
 * state, and the value as each of the structs that they keep.
 */
export const officialStateTarget: FuzzTarget = {
  maxBytes: 4096,
  words: [keys.prefix, keys.channel(7n), keys.claim(7n, 0n), '//PrePaid/storage/{ID:7/P}', '{ID: '],
  covers: /packages\/daemon\/src\/official-state|packages\/core\/src/,
  inputs: fc
    .oneof(channel, claim, prepaid, freeCall, model)
    .map(([key, value]) =>
      Buffer.concat([Buffer.from(`${key}\n`), Buffer.from(value as Uint8Array)]),
    ),
  async run(input) {
    const end = Buffer.from(input).indexOf('\n');
    const key = Buffer.from(input).toString('utf8', 0, Math.max(0, end));
    const value = input.subarray(end + 1);
    accepted(() => decodeGob(value, key));
    for (const shape of shapes) checkShape(shape, value);
    const store = createMemoryOfficialStore();
    store.set(key.startsWith(keys.prefix) ? key : `${keys.prefix}${key}`, value);
    await checkState(store);
  },
};

/** Reads, writes and reads again. */
function checkShape(shape: (typeof shapes)[number], value: Uint8Array): void {
  const read = accepted(() => shape.decode(value, 'key'));
  if (read === undefined) return;
  const again = shape.decode(shape.encode(read as never), 'key');
  demand(show(again) === show(read), `${show(read)} came back as ${show(again)}`);
}

async function checkState(store: ReturnType<typeof createMemoryOfficialStore>): Promise<void> {
  const state = await readOfficialState(store, group);
  for (const { reason } of state.damaged) {
    demand(!/undefined|is not a|RangeError|TypeError/.test(reason), `damaged: ${reason}`);
  }
  const amounts = [
    ...state.channels.flatMap((one) => [one.AuthorizedAmount, one.FullAmount, one.Nonce]),
    ...state.claims.map((one) => one.Amount),
    ...[...state.prepaid.values()].flatMap(({ U, P, R }) => [U, P, R]),
  ];
  for (const one of amounts) {
    demand(one >= 0n && one <= maxUint256, `an amount beyond 256 bits: ${one}`);
  }
}

function show(value: object): string {
  return JSON.stringify(value, (_, one) =>
    typeof one === 'bigint' ? `${one}n` : one instanceof Uint8Array ? [...one] : one,
  );
}
