import type { JournalRecord, TransactionJournal } from '../src/index.ts';

const account = { chainId: 31337, address: `0x${'Ab'.repeat(20)}` } as const;

/** A record with a value in every field. */
export const journalRecord: JournalRecord = {
  ...{ ...account, genesis: `0x${'01'.repeat(32)}`, id: 'one', key: 'top up', isKeyed: true },
  ...{ purpose: 'MultiPartyEscrow.deposit', to: `0x${'22'.repeat(20)}`, value: 0n },
  ...{
    data: '0xb6b55f25',
    gas: 90_000n,
    nonce: 7,
    holder: 'somebody',
    startedAt: 1_763_000_000_000,
  },
  versions: [
    {
      ...{ hash: `0x${'aa'.repeat(32)}`, raw: '0x02f0', kind: 'original', signedAt: 1 },
      fees: { type: 'eip1559', maxFeePerGas: 2n ** 70n, maxPriorityFeePerGas: 3n },
    },
    {
      ...{ hash: `0x${'bb'.repeat(32)}`, raw: undefined, kind: 'cancel', signedAt: 2 },
      fees: { type: 'legacy', gasPrice: 5n },
    },
  ],
  end: { kind: 'cancelled', hash: `0x${'bb'.repeat(32)}` },
};

/** What every driver of the port does. */
export const journalCases: readonly {
  readonly name: string;
  readonly run: (open: () => TransactionJournal) => Promise<unknown>;
  readonly expected: unknown;
}[] = [
  {
    name: 'default: a record comes back as it was written, however the address is spelt',
    async run(open) {
      const journal = open();
      await journal.update(account, 'one', () => ({ record: journalRecord, result: 0 }));
      const lower = { ...account, address: account.address.toLowerCase() as `0x${string}` };
      const found = [await journal.get(account, 'one'), ...(await journal.list(lower))];
      await journal.close();
      return found;
    },
    expected: [journalRecord, journalRecord],
  },
  {
    name: 'default: accounts and chains do not see each other',
    async run(open) {
      const journal = open();
      await journal.update(account, 'one', () => ({ record: journalRecord, result: 0 }));
      const others = [
        await journal.list({ ...account, chainId: 1 }),
        await journal.list({ ...account, address: `0x${'cd'.repeat(20)}` }),
      ];
      await journal.close();
      return others;
    },
    expected: [[], []],
  },
  {
    name: 'behavior: a change sees the record, keeps it, replaces it, removes it',
    async run(open) {
      const journal = open();
      const minimal = { ...journalRecord, nonce: undefined, holder: undefined, end: undefined };
      const steps = [
        await journal.update(account, 'one', (record) => ({ record: minimal, result: record })),
        await journal.update(account, 'one', (record) => ({ result: record })),
        await journal.update(account, 'one', (record) => ({ record: null, result: record?.nonce })),
        await journal.get(account, 'one'),
      ];
      await journal.close();
      return [steps[0], (steps[1] as JournalRecord).key, steps[2], steps[3]];
    },
    expected: [undefined, 'top up', undefined, undefined],
  },
  {
    name: 'behavior: a change that throws changes nothing',
    async run(open) {
      const journal = open();
      await journal.update(account, 'one', () => ({ record: journalRecord, result: 0 }));
      const error = await journal
        .update(account, 'one', () => {
          throw new TypeError('mine');
        })
        .catch((reason: unknown) => String(reason));
      const found = await journal.get(account, 'one');
      await journal.close();
      return [error, found?.key];
    },
    expected: ['TypeError: mine', 'top up'],
  },
  {
    name: 'behavior: one holds the lock of an account, another account is free',
    async run(open) {
      const journal = open();
      const order: string[] = [];
      const first = Promise.withResolvers<void>();
      const options = { timeoutMs: 30_000 };
      const held = journal.lock(account, options, async () => {
        await first.promise;
        order.push('first');
      });
      const next = journal.lock(account, options, async () => order.push('second'));
      const other = { ...account, address: `0x${'cd'.repeat(20)}` } as const;
      await journal.lock(other, options, async () => order.push('other'));
      first.resolve();
      await Promise.all([held, next]);
      await journal.close();
      return order;
    },
    expected: ['other', 'first', 'second'],
  },
  {
    name: 'default: the own holder is alive, a made-up one is not',
    async run(open) {
      const journal = open();
      const alive = [journal.isHolderAlive(journal.holder), journal.isHolderAlive('nobody')];
      await journal.close();
      return alive;
    },
    expected: [true, false],
  },
];
