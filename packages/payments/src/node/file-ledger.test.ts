import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ledgerCases } from '../../test/ledger-conformance.ts';
import type { LedgerRecord } from '../ledger/ledger-record.ts';
import { openFileLedger } from './file-ledger.ts';

const key = { chainId: 31337, mpe: `0x${'44'.repeat(20)}`, channelId: 7n } as const;

const record: LedgerRecord = {
  channelId: 7n,
  sender: `0x${'11'.repeat(20)}`,
  signer: `0x${'11'.repeat(20)}`,
  recipient: `0x${'22'.repeat(20)}`,
  groupId: `0x${'33'.repeat(32)}`,
  nonce: 0n,
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

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'snetkit-ledger-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

test.for(ledgerCases)('$name', async ({ run, expected }) => {
  expect(await run(() => openFileLedger({ directory }))).toEqual(expected);
});

test('behavior: only the user can read it', async () => {
  const ledger = openFileLedger({ directory });
  await ledger.update(key, () => ({ record, result: undefined }));
  const file = join(directory, '31337', key.mpe, 'ledger.sqlite');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(directory).sort()).toEqual(['31337', 'holders']);
  await ledger.close();
});

test('behavior: a change that changes nothing is not written', async () => {
  const ledger = openFileLedger({ directory });
  await ledger.update(key, () => ({ record, result: undefined }));
  const database = new DatabaseSync(join(directory, '31337', key.mpe, 'ledger.sqlite'));
  // Changes with every commit of another connection that wrote something.
  const version = () => database.prepare('PRAGMA data_version').get()?.['data_version'];
  const before = version();
  await ledger.update(key, (known) => ({ record: { ...known!, free: [] }, result: undefined }));
  expect(version()).toBe(before);
  await ledger.update(key, (known) => ({ record: { ...known!, signed: 1n }, result: undefined }));
  expect(version()).not.toBe(before);
  database.close();
  await ledger.close();
});

test('behavior: what another process wrote meanwhile is read', async () => {
  const [mine, other] = [openFileLedger({ directory }), openFileLedger({ directory })];
  await mine.update(key, () => ({ record, result: undefined }));
  await other.update(key, (known) => ({ record: { ...known!, signed: 5n }, result: undefined }));
  expect(await mine.update(key, (known) => ({ result: known?.signed }))).toBe(5n);
  // A change that was given up is not remembered.
  const giveUp = mine.update(key, () => {
    throw new TypeError('stop');
  });
  await expect(giveUp).rejects.toThrow('stop');
  expect((await mine.get(key))?.signed).toBe(5n);
  await Promise.all([mine.close(), other.close()]);
});

test('behavior: four processes, killed at random, never take one amount twice and lose none', async () => {
  const ledger = openFileLedger({ directory });
  await ledger.update(key, () => ({ record, result: undefined }));
  const taken: string[] = [];
  const children = Array.from({ length: 4 }, () => startChild(taken));
  for (const [index, child] of children.entries()) {
    await waitForLines(child, 20 + index * 15);
    child.kill('SIGKILL');
  }
  await Promise.all(
    children.map(({ exitCode, signalCode }, index) =>
      exitCode === null && signalCode === null
        ? once(children[index] as ChildProcess, 'exit')
        : undefined,
    ),
  );
  const after = await ledger.get(key);
  const pending = after?.pending.map(({ amount }) => amount.toString()) ?? [];
  expect(new Set(taken).size).toBe(taken.length);
  expect(new Set(pending).size).toBe(pending.length);
  // Whatever a process had told anybody was written down before.
  expect(taken.filter((amount) => !pending.includes(amount))).toEqual([]);
  expect(after?.signed).toBe(BigInt(pending.length));
  for (const { holder } of after?.pending ?? []) expect(ledger.isHolderAlive(holder)).toBe(false);
  await ledger.close();
});

test('error: the directory cannot be written', () => {
  const file = join(directory, 'file');
  writeFileSync(file, '');
  expect(() => openFileLedger({ directory: file })).toThrow('The payment ledger cannot be used');
});

function startChild(taken: string[]): ChildProcess {
  const script = fileURLToPath(new URL('../../test/ledger-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@snetkit/source', script, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let rest = '';
  child.stdout?.on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    taken.push(...lines);
    printed.set(child, (printed.get(child) ?? 0) + lines.length);
    child.emit('lines');
  });
  return child;
}

/** Resolves when the child has printed so many lines since its start; rejects when it ends before. */
async function waitForLines(child: ChildProcess, count: number): Promise<void> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new TypeError(`the child ended with ${code}`);
  });
  ended.catch(() => {});
  while ((printed.get(child) ?? 0) < count) await Promise.race([once(child, 'lines'), ended]);
}

/** Lines that each child has printed. */
const printed = new WeakMap<ChildProcess, number>();
