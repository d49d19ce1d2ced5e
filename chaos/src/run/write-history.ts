import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringifyJson } from '@snetkit/core';
import type { ChannelBook } from '../client/channel-book.ts';
import type { Served } from '../service/flaky-service.ts';
import type { World } from '../world/world.ts';
import type { ChannelVerdict } from './reconcile.ts';

/** Writes all that is known of a channel to a file; signatures are left out. */
export async function writeHistory(options: {
  directory: string;
  seed: string;
  book: ChannelBook;
  verdict: ChannelVerdict;
  faults: readonly string[];
  served: ReadonlyMap<string, Served>;
}): Promise<string> {
  const { directory, seed, book, verdict, faults, served } = options;
  const { state, ...rest } = verdict;
  const attempts = book.slots
    .flatMap(({ nonce, index, attempts: list }) =>
      list.map((attempt) => ({ nonce, index, ...attempt, service: served.get(attempt.id) })),
    )
    .sort((a, b) => a.sentAt - b.sentAt);
  const history = {
    ...{ seed, faults, channelId: book.channelId, kind: book.kind, price: book.price },
    verdict: rest,
    state: state && { ...state, signature: undefined },
    attempts,
  };
  await mkdir(directory, { recursive: true });
  const file = join(directory, `${seed.replaceAll('/', '-')}-channel-${book.channelId}.json`);
  const plain = JSON.stringify(history, (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  await writeFile(file, `${stringifyJson(JSON.parse(plain), { indent: 2 })}\n`);
  return file;
}

/** Keeps what the replicas have printed so far. */
export async function keepLogs(
  { replicas }: World,
  { directory, seed }: { directory: string; seed: string },
): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const { name, logFile } of replicas) {
    await copyFile(logFile, join(directory, `${seed.replaceAll('/', '-')}-${name}.log`));
  }
}
