// What etcd gives to the client library of the store, without a store or a daemon: conditional
// commits, each on a key of its own lane. Started by `bench/` as `node etcd-rate.ts URL`; a line
// `{"lanes":64,"commits":3200}` is one run, answered by a line of figures. Ends with its input.
import { createInterface } from 'node:readline';
import {
  Compare_CompareResult,
  Compare_CompareTarget,
  KV,
} from '../../../src/gen/etcdserverpb/rpc_pb.ts';
import type { ChannelRecord } from '../../../src/ledger/record.ts';
import { encodeChannelRecord } from '../../../src/ledger/record-codec.ts';
import { createEtcdClient } from '../../../src/store/etcd/etcd-client.ts';

const [url = ''] = process.argv.slice(2);
const client = createEtcdClient({ endpoints: [url] });
/** Revision that each key has. */
const versions: bigint[] = [];
const value = encodeChannelRecord(typicalRecord());

async function commit(lane: number): Promise<void> {
  const key = Buffer.from(`etcd-rate/channel/${lane}`);
  const { succeeded, header } = await client.call(
    KV.method.txn,
    {
      compare: [
        {
          key,
          target: Compare_CompareTarget.MOD,
          result: Compare_CompareResult.EQUAL,
          targetUnion: { case: 'modRevision', value: versions[lane] ?? 0n },
        },
      ],
      success: [{ request: { case: 'requestPut', value: { key, value } } }],
    },
    { mayRepeat: false },
  );
  if (!succeeded || header === undefined) throw new Error('somebody else wrote the key');
  versions[lane] = header.revision;
}

async function run({ lanes, commits }: { lanes: number; commits: number }) {
  const times: number[] = [];
  const turns = Math.ceil(commits / lanes);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let turn = 0; turn < turns; turn += 1) {
        const from = performance.now();
        await commit(lane);
        times.push(performance.now() - from);
      }
    }),
  );
  const elapsed = performance.now() - started;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0;
  const calls = times.length;
  return { calls, callsPerSecond: calls / (elapsed / 1000), p50: at(0.5), p99: at(0.99) };
}

/** The record of a channel that pays one call after the other, in the size that it has then. */
function typicalRecord(): ChannelRecord {
  const signature = new Uint8Array(65).fill(0xa5);
  const address = `0x${'a5'.repeat(20)}` as const;
  const word = `0x${'a5'.repeat(32)}` as const;
  const amount = 10n ** 15n;
  return {
    channelId: 64n,
    nonce: 0n,
    settledAmount: amount,
    settledSignature: signature,
    open: [],
    entries: [
      {
        nonce: 0n,
        amount: 2n * amount,
        price: amount,
        signature,
        owner: 'a5'.repeat(16),
        call: 1_000n,
        committedAt: 1_700_000_000,
      },
    ],
    credit: 0n,
    chain: {
      nonce: 0n,
      sender: address,
      signer: address,
      recipient: address,
      groupId: word,
      value: 1_000n * amount,
      expiration: 1_000_000n,
    },
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`);
}
client.close();
