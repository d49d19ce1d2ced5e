import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeClaimRecord } from '../ledger/record-codec.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { storeScope } from '../store/store-scope.ts';
import { run } from './run.ts';

async function list(path: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const env = {
    SNET_ORGANIZATION_ID: 'my org/1',
    SNET_SERVICE_ID: 'my_service',
    SNET_ETHEREUM_JSON_RPC_HTTP_ENDPOINT: 'http://127.0.0.1:1',
    SNET_PAYMENT_CHANNEL_STORAGE_PATH: path,
  };
  expect(await run(['list', 'claims'], { env, print, warn: print })).toBe(0);
  return lines;
}

test('default: a line for each claim, as the official daemon prints it', async () => {
  const path = await mkdtemp(join(tmpdir(), 'snetd-claims-'));
  try {
    expect(await list(join(path, 'nothing'))).toEqual(['no claims in shared storage']);
    const scope = storeScope({
      chainId: 11_155_111,
      mpe: '0x042d31F61c598eADcAc729B845406514521db520',
      organizationId: 'my org/1',
      groupId: new Uint8Array(32).fill(17),
    });
    const store = await openSqliteStore({ path, scope });
    const value = encodeClaimRecord({
      channelId: 42n,
      nonce: 3n,
      amount: 12n,
      signature: new Uint8Array(65).fill(1),
      actual: 10n,
      startedBlock: 5n,
    });
    await store.commit([{ checks: [], writes: [{ key: 'claim/42/3', value }] }]);
    await store.close();
    expect(await list(path)).toEqual([
      `42/3: {MpeContractAddress: 0x${'0'.repeat(40)}, ChannelID: 42, ChannelNonce: 3, Amount: 12, Signature: ${'AQEB'.repeat(21)}AQE=}`,
    ]);
  } finally {
    await rm(path, { recursive: true, force: true });
  }
});
