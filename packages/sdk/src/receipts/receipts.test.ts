import { inspect } from 'node:util';
import { type JsonValue, parseJson, stringifyJson } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';
import type { EngineEvents } from '../engine/engine-events.ts';
import type { SnetEngine } from '../engine/snet-engine.ts';
import type { CallReceipt } from './call-receipt.ts';
import { verifyReceipt } from './verify-receipt.ts';

const ids = { organizationId: 'local', serviceId: 'text' };
const text = { text: 'Guten Morgen' };
let network: TestNetwork;
let engine: SnetEngine;

beforeAll(async () => {
  network = await startNetwork();
  engine = network.createEngine();
});

afterAll(() => network?.[Symbol.asyncDispose]());

test('default: one for each call, with what was signed and how it ended', async () => {
  const receipts: CallReceipt[] = [];
  const service = await engine.createServiceClient({
    ...ids,
    onReceipt: (one) => receipts.push(one),
  });
  await service.call('Detect', text);
  const fault = { code: 5, message: 'no such text' };
  await catchError(() => service.call('Fail', { fault }));
  for await (const _ of service.serverStream('DetectMany', { texts: ['a', 'b'] })) break;
  const { price, endpoint, contracts, accounts, chainId } = network.devnet;
  const common = {
    ...ids,
    endpoint,
    chainId,
    mpe: contracts.mpe,
    recipient: accounts.provider.address,
    payer: accounts.client.address,
  };
  expect(receipts).toEqual([
    {
      ...common,
      path: '/text.v1.TextService/Detect',
      payment: {
        ...{ type: 'escrow', channelId: 0n, nonce: 0n, price },
        ...{ amount: price, signedBefore: 0n },
      },
      charged: 'yes',
      outcome: 'answered',
      status: { code: 0, message: '' },
      error: undefined,
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      durationMs: expect.any(Number),
    },
    expect.objectContaining({
      path: '/text.v1.TextService/Fail',
      charged: 'no',
      outcome: 'failed',
      status: fault,
      error: 'CALL_FAILED',
    }),
    expect.objectContaining({
      path: '/text.v1.TextService/DetectMany',
      charged: 'yes',
      outcome: 'left',
      status: undefined,
      error: undefined,
    }),
  ]);
});

test('behavior: a call that was never paid has one, too', async () => {
  const receipts: CallReceipt[] = [];
  const service = await engine.createServiceClient({ ...ids, maxSpend: 0n });
  await catchError(() => service.call('Detect', text, { onReceipt: (one) => receipts.push(one) }));
  expect(receipts).toMatchObject([
    { payment: undefined, charged: 'no', outcome: 'failed', error: 'SPENDING_ABOVE_LIMIT' },
  ]);
});

test('behavior: a signed one proves the authorization offline, also when it was kept as JSON', async () => {
  const receipts: CallReceipt[] = [];
  const service = await engine.createServiceClient({ ...ids, signedReceipts: true });
  await service.call('Detect', text, { onReceipt: (one) => receipts.push(one) });
  const [receipt] = receipts;
  if (receipt === undefined) throw new Error('no receipt');
  const { client, secondClient } = network.devnet.accounts;
  expect(verifyReceipt(receipt, { signer: client.address })).toBe(client.address);
  const kept = parseJson(stringifyJson(receipt as unknown as JsonValue), { place: 'receipt' });
  expect(verifyReceipt(kept as unknown as CallReceipt)).toBe(client.address);

  const other = await catchError(() => verifyReceipt(receipt, { signer: secondClient.address }));
  expect(other.message).toBe(
    [
      'The authorization was signed by somebody else, or for something else.',
      'Place: receipt of /text.v1.TextService/Detect',
      `Expected: a signature of ${secondClient.address}`,
      `Found: a signature of ${client.address}`,
    ].join('\n'),
  );
  const payment = { ...receipt.payment, type: 'escrow', price: 1n, amount: 1n };
  const changed = await catchError(() => verifyReceipt({ ...receipt, payment }));
  expect(changed.code).toBe('RECEIPT_INVALID');
});

test('error: without being asked for, no receipt holds a signature', async () => {
  const receipts: CallReceipt[] = [];
  const service = await engine.createServiceClient(ids);
  await service.call('Detect', text, { onReceipt: (one) => receipts.push(one) });
  const [receipt] = receipts;
  expect(inspect(receipt, { depth: 9 })).not.toMatch(/[0-9a-f]{128}/);
  const error = await catchError(() => verifyReceipt(receipt as CallReceipt));
  expect(error.message).toBe(
    [
      'The receipt holds no authorization.',
      'Place: receipt of /text.v1.TextService/Detect',
      'Expected: a signed amount',
      'Found: a payment of the type escrow',
    ].join('\n'),
  );
});

test('behavior: the engine tells of all its clients, until nobody listens', async () => {
  const other = network.createEngine({ as: 'secondClient' });
  const seen: unknown[] = [];
  const note = (name: keyof EngineEvents) => other.on(name, (event) => seen.push([name, event]));
  const ends = [note('funding'), note('payment'), note('receipt')];
  const service = await other.createServiceClient(ids);
  await service.call('Detect', text);
  const { price } = network.devnet;
  const name = { ...ids, account: 'default' };
  expect(seen).toMatchObject([
    ['funding', { ...name, kind: 'channelOpened', amount: 10n * price }],
    ['payment', { ...name, path: '/text.v1.TextService/Detect', receipt: { price } }],
    ['receipt', { ...ids, outcome: 'answered', charged: 'yes' }],
  ]);
  for (const end of ends) end();
  await service.call('Detect', text);
  expect(seen).toHaveLength(3);
});
