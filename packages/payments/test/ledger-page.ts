// What the tests of the browser's ledger do in a page; bundled for it.
import { openIndexedDbLedger } from '../src/browser/index.ts';
import type { LedgerRecord } from '../src/index.ts';
import { allocate } from '../src/ledger/allocate.ts';
import { ledgerCases } from './ledger-conformance.ts';

const key = { chainId: 31337, mpe: `0x${'44'.repeat(20)}`, channelId: 7n } as const;

/** Runs one case on a database of its own; returns what came out. */
export function runCase(name: string): Promise<unknown> {
  const found = ledgerCases.find((one) => one.name === name);
  if (found === undefined) throw new TypeError(`no case ${name}`);
  return found.run(() => openIndexedDbLedger({ name }));
}

/** Writes the record that tabs take amounts from. */
export async function start(record: LedgerRecord): Promise<void> {
  const ledger = openIndexedDbLedger();
  await ledger.update(key, () => ({ record, result: undefined }));
  await ledger.close();
}

/** Takes amounts for as long as the tab lives, and says each one after it is written down. */
export async function takeAmounts(): Promise<void> {
  const ledger = openIndexedDbLedger();
  for (let call = 0; ; call += 1) {
    const amount = await ledger.update(key, (record) => {
      if (record === undefined) return { result: undefined };
      const taken = allocate(record, 1n, { holder: ledger.holder, call: String(call) });
      if (taken.kind !== 'allocated') return { result: undefined };
      return { record: taken.record, result: taken.payment.amount };
    });
    if (amount === undefined) return;
    console.log(`taken ${amount}`);
  }
}

/** The record, and which of those who wrote into it are alive. */
export async function inspect(): Promise<{ record: LedgerRecord | undefined; living: string[] }> {
  const ledger = openIndexedDbLedger();
  const seen = await ledger.update(key, (record) => {
    const holders = new Set(record?.pending.map(({ holder }) => holder));
    return { result: { record, living: [...holders].filter((one) => ledger.isHolderAlive(one)) } };
  });
  await ledger.close();
  return seen;
}

/** The error of a ledger that cannot be opened. */
export function failToOpen(): Promise<string> {
  return openIndexedDbLedger()
    .get(key)
    .then(
      () => 'no error',
      (error) => `${error.code}\n${error.message}`,
    );
}
