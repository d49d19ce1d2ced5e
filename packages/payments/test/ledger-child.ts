// Takes amounts from a shared ledger until it is killed, and prints each one after it is written down.
import { allocate } from '../src/ledger/allocate.ts';
import { openFileLedger } from '../src/node/file-ledger.ts';

const [directory = ''] = process.argv.slice(2);
const ledger = openFileLedger({ directory });
const key = { chainId: 31337, mpe: `0x${'44'.repeat(20)}`, channelId: 7n } as const;
for (let call = 0; ; call += 1) {
  const amount = await ledger.update(key, (record) => {
    if (record === undefined) return { result: undefined };
    // Nobody ends these calls, and no daemon says how many may run.
    const open = { ...record, maxInFlight: Number.MAX_SAFE_INTEGER };
    const taken = allocate(open, 1n, { holder: ledger.holder, call: String(call) });
    if (taken.kind !== 'allocated') return { result: undefined };
    return { record: taken.record, result: taken.payment.amount };
  });
  if (amount === undefined) break;
  process.stdout.write(`${amount}\n`);
  // Who waits for the lock of SQLite sleeps between its tries: without a pause it would never be free.
  await new Promise((resolve) => setTimeout(resolve, 2));
}
await ledger.close();
