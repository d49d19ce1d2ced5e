import type { DiscoveryCursor } from '@snetkit/contracts';
import type { ChannelKey, ClientLedger, LedgerRecord } from '../src/index.ts';
import { allocate } from '../src/ledger/allocate.ts';
import { endPayment } from '../src/ledger/end-payment.ts';

/** Opens the ledger of one case; a second opening is as that of another process or tab. */
export type OpenLedger = () => ClientLedger;

/** One thing that a ledger must do. What comes out is plain data, which crosses to a browser and back. */
export interface LedgerCase {
  readonly name: string;
  /** Only for ledgers that outlive who opened them. */
  readonly isDurable?: boolean;
  run(open: OpenLedger): Promise<unknown>;
  readonly expected: unknown;
}

const escrow = { chainId: 31337, mpe: `0x${'Ab'.repeat(20)}` } as const;

const key = { ...escrow, channelId: 7n } as const;

const record: LedgerRecord = {
  channelId: 7n,
  sender: `0x${'11'.repeat(20)}`,
  signer: `0x${'11'.repeat(20)}`,
  recipient: `0x${'22'.repeat(20)}`,
  groupId: `0x${'33'.repeat(32)}`,
  nonce: 2n ** 200n,
  value: 1_000_000n,
  expiration: 1_000n,
  claimed: 0n,
  signed: 0n,
  free: [],
  pending: [],
  charged: [],
  maxInFlight: 64,
  synchronised: true,
};

const cursor: DiscoveryCursor = {
  nextBlock: 2n ** 70n,
  channelIds: [7n, 2n ** 200n],
  head: { blockNumber: 2n ** 70n, blockHash: `0x${'12'.repeat(32)}` },
};

const full: LedgerRecord = {
  ...record,
  signed: 30n,
  free: [{ from: 0n, to: 5n }],
  charged: [{ from: 10n, to: 20n }],
  pending: [{ amount: 10n, price: 5n, holder: 'somebody', call: 'a', inDoubt: true }],
  synchronised: false,
};

function put(ledger: ClientLedger, at: ChannelKey, value: LedgerRecord): Promise<void> {
  return ledger.update(at, () => ({ record: value, result: undefined }));
}

/** Takes the next amount of the channel. */
function take(ledger: ClientLedger, call: string): Promise<bigint | string> {
  return ledger.update<bigint | string>(key, (known) => {
    if (known === undefined) return { result: 'no record' };
    const taken = allocate(known, 1n, { holder: ledger.holder, call });
    if (taken.kind !== 'allocated') return { result: taken.kind };
    return { record: taken.record, result: taken.payment.amount };
  });
}

/** Whether a holder lives, as a change sees it. */
function isAlive(ledger: ClientLedger, holder: string): Promise<boolean> {
  return ledger.update(key, () => ({ result: ledger.isHolderAlive(holder) }));
}

/** What every driver of the port must do: memory, files, browsers. */
export const ledgerCases: readonly LedgerCase[] = [
  {
    name: 'default: how far a search has come, beside the channels',
    async run(open) {
      const ledger = open();
      await put(ledger, key, full);
      const search = { ...escrow, filter: 'a/b/c' };
      const unknown = await ledger.searches?.get(search);
      await ledger.searches?.set(search, { ...cursor, channelIds: [] });
      await ledger.searches?.set(search, cursor);
      const mpe = escrow.mpe.toLowerCase() as typeof escrow.mpe;
      const read = [
        ...[unknown, await ledger.searches?.get({ ...search, mpe })],
        ...[await ledger.searches?.get({ ...search, filter: 'a/b' }), await ledger.list(escrow)],
      ];
      await ledger.close();
      return read;
    },
    expected: [undefined, cursor, undefined, [full]],
  },
  {
    name: 'default: what is written is read',
    async run(open) {
      const ledger = open();
      await put(ledger, key, full);
      const read = [await ledger.get(key), await ledger.list(escrow)];
      await ledger.close();
      return read;
    },
    expected: [full, [full]],
  },
  {
    name: 'default: what is written is read by the next one',
    isDurable: true,
    async run(open) {
      const first = open();
      await put(first, key, full);
      await first.close();
      const second = open();
      const read = [await second.get(key), await second.list(escrow)];
      await second.close();
      return read;
    },
    expected: [full, [full]],
  },
  {
    name: 'behavior: a channel that is not known',
    async run(open) {
      const ledger = open();
      const seen = await ledger.update(key, (known) => ({ result: known === undefined }));
      const read = {
        seen,
        got: (await ledger.get(key)) === undefined,
        list: await ledger.list(escrow),
      };
      await ledger.close();
      return read;
    },
    expected: { seen: true, got: true, list: [] },
  },
  {
    name: 'behavior: escrows are told apart, however their addresses are written',
    async run(open) {
      const ledger = open();
      const otherEscrow = { ...key, mpe: `0x${'cd'.repeat(20)}` } as const;
      const otherChain = { ...key, chainId: 1 };
      const other = { ...key, channelId: 10n };
      await put(ledger, key, record);
      await put(ledger, other, { ...record, channelId: 10n });
      await put(ledger, otherEscrow, { ...record, value: 1n });
      await put(ledger, otherChain, { ...record, value: 2n });
      const lower = { ...key, mpe: key.mpe.toLowerCase() as typeof key.mpe };
      const list = await ledger.list({ chainId: lower.chainId, mpe: lower.mpe });
      const values = await Promise.all(
        [lower, otherEscrow, otherChain].map(async (at) => (await ledger.get(at))?.value),
      );
      await ledger.close();
      const byChannel = (a: bigint, b: bigint) => (a < b ? -1 : 1);
      return { values, channels: list.map(({ channelId }) => channelId).sort(byChannel) };
    },
    expected: { values: [record.value, 1n, 2n], channels: [7n, 10n] },
  },
  {
    name: 'behavior: a change without a record leaves it as it was',
    async run(open) {
      const ledger = open();
      await put(ledger, key, record);
      const seen = await ledger.update(key, (known) => ({ result: known?.value }));
      const after = await ledger.get(key);
      await ledger.close();
      return { seen, after };
    },
    expected: { seen: record.value, after: record },
  },
  {
    name: 'behavior: a change that throws leaves the record as it was',
    async run(open) {
      const ledger = open();
      await put(ledger, key, record);
      const failing = ledger.update(key, () => {
        throw new TypeError('on purpose');
      });
      const error = await failing.then(String, String);
      const after = await ledger.get(key);
      await put(ledger, key, full);
      const next = await ledger.get(key);
      await ledger.close();
      return { error, after, next };
    },
    expected: { error: 'TypeError: on purpose', after: record, next: full },
  },
  {
    name: 'behavior: of many changes at once none is lost and no amount is given twice',
    async run(open) {
      const ledger = open();
      await put(ledger, key, record);
      const calls = Array.from({ length: 60 }, (_, index) => take(ledger, String(index)));
      const taken = await Promise.all(calls);
      const after = await ledger.get(key);
      await ledger.close();
      return {
        different: new Set(taken).size,
        pending: after?.pending.length,
        signed: after?.signed,
      };
    },
    expected: { different: 60, pending: 60, signed: 60n },
  },
  {
    name: 'behavior: two that share a ledger see what the other does',
    isDurable: true,
    async run(open) {
      const ledgers = [open(), open()] as const;
      await put(ledgers[0], key, record);
      const calls = Array.from({ length: 40 }, (_, index) =>
        take(ledgers[index % 2 ? 1 : 0], String(index)),
      );
      const taken = await Promise.all(calls);
      const reads = await Promise.all(ledgers.map((ledger) => ledger.get(key)));
      await Promise.all(ledgers.map((ledger) => ledger.close()));
      return { different: new Set(taken).size, signed: reads.map((one) => one?.signed) };
    },
    expected: { different: 40, signed: [40n, 40n] },
  },
  {
    name: 'behavior: it lives in its own eyes, and nobody else does',
    async run(open) {
      const ledger = open();
      const alive = [await isAlive(ledger, ledger.holder), await isAlive(ledger, 'nobody')];
      await ledger.close();
      return alive;
    },
    expected: [true, false],
  },
  {
    name: 'behavior: who has written lives in the eyes of others until it is closed',
    isDurable: true,
    async run(open) {
      const [first, second] = [open(), open()];
      await put(first, key, record);
      await take(first, 'a');
      const before = await isAlive(second, first.holder);
      await first.close();
      const after = await isAlive(second, first.holder);
      await second.close();
      return { before, after, differ: first.holder !== second.holder };
    },
    expected: { before: true, after: false, differ: true },
  },
  {
    name: 'property: any sequence of changes leaves the record that the rules say',
    async run(open) {
      const ledger = open();
      let model = record;
      await put(ledger, key, model);
      let isSame = true;
      for (let step = 0; step < 60; step += 1) {
        model = change(model, step);
        const changed = await ledger.update(key, (known) => {
          const next = change(known ?? record, step);
          return { record: next, result: next.signed };
        });
        isSame &&= changed === model.signed;
      }
      const after = await ledger.get(key);
      await ledger.close();
      return { isSame, difference: describe(after) === describe(model) ? '' : describe(after) };
    },
    expected: { isSame: true, difference: '' },
  },
  {
    name: 'error: a record that somebody else changed',
    isDurable: true,
    async run(open) {
      const ledger = open();
      await put(ledger, key, record);
      const other = open();
      await put(other, key, { ...record, signed: -1n });
      await other.close();
      const answers = await Promise.all(
        [ledger.get(key), ledger.list(escrow), ledger.update(key, () => ({ result: 0 }))].map(
          (one) =>
            (one as Promise<unknown>).then(
              () => 'no error',
              (error) => `${error.code}\n${error.message}`,
            ),
        ),
      );
      await ledger.close();
      return [...new Set(answers)];
    },
    expected: [
      [
        'LEDGER_INVALID',
        'A record of the payment ledger is not as it was written',
        `Place: payment ledger of chain 31337, escrow ${key.mpe}, channel 7, signed`,
        'Expected: a decimal number',
      ].join('\n'),
    ],
  },
];

/** Takes, or ends, as chance has it; the same for the same step. */
function change(known: LedgerRecord, step: number): LedgerRecord {
  const chance = (step * 2_654_435_761) % 97;
  const payment = known.pending[chance % Math.max(1, known.pending.length)];
  if (chance % 3 === 0 && payment !== undefined && !payment.inDoubt) {
    return endPayment(
      known,
      payment,
      (['charged', 'notCharged', 'inDoubt'] as const)[step % 3] ?? 'charged',
    );
  }
  const taken = allocate(known, BigInt(1 + (chance % 4)), { holder: 'me', call: String(step) });
  return taken.kind === 'allocated' ? taken.record : known;
}

/** As text, whatever the order in which things were written. */
function describe(value: unknown): string {
  return JSON.stringify(value, (_, one) => {
    if (typeof one === 'bigint') return `${one}n`;
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
