import { type ChainClient, escrowContract, getChannel, readContract } from '@snetkit/contracts';
import { type Address, BaseError } from '@snetkit/core';
import { abortable } from './abortable.ts';
import { atBlock } from './at-block.ts';
import type { ChainView, ChannelOnChain } from './chain-view.ts';
import type { RunningBlockClock } from './create-block-clock.ts';
import { createGate } from './create-gate.ts';
import { followChannels } from './follow-channels.ts';
import type { Head } from './head.ts';
import { type ChainTimers, systemChainTimers } from './timers.ts';

/** Options of {@link createChainView}. */
export interface ChainViewOptions {
  readonly client: ChainClient;
  readonly mpe: Address;
  readonly clock: RunningBlockClock;
  /** Channels kept at most; 100,000 unless given. */
  readonly maxChannels?: number;
  /** Milliseconds for one read; 5,000 unless given. */
  readonly timeoutMs?: number;
  /** Whether a channel just opened is worth keeping before it is asked for; all are, unless given. */
  readonly keeps?: (channel: ChannelOnChain) => boolean;
  /** Ends everything that runs. */
  readonly signal?: AbortSignal;
  readonly timers?: ChainTimers;
}

/** A node behind a balancer may not have the newest block yet, or no longer. */
const attempts = 4;
/** Requests for channels that run at once. */
const requestsAtOnce = 32;
const retryMs = 150;
/** Ids that nobody has opened are looked for once a second, after so many looks at once. */
const lookMs = 1_000;
const looksAtOnce = 8;

/**
 * What the chain holds, in memory. A read asks the clock for the newest block and reads the channel as
 * it is after that block, so that the events of later blocks can be applied to it exactly; readers of
 * one channel at one block share a request, and a block is asked for a channel only once. Ids that were
 * never opened cost a look at the newest block and one request for each block, and not more than one
 * look a second: who asks for one too soon waits for the next look, because it may have been opened just now.
 */
export function createChainView(options: ChainViewOptions): ChainView {
  const { client, mpe, clock, maxChannels = 100_000, timeoutMs = 5_000, signal } = options;
  const { keeps = () => true, timers = systemChainTimers } = options;
  const follower = followChannels({ client, mpe, clock, maxChannels, keeps, signal });
  const running = new Map<string, Promise<ChannelOnChain | undefined>>();
  const gate = createGate(requestsAtOnce);
  /** When the next look may begin, if none was spared. */
  let lookDue = Number.NEGATIVE_INFINITY;
  let nextLook: Promise<Head> | undefined;
  /** Settles with the last look that has begun. */
  let looking: Promise<unknown> = Promise.resolve();
  let nextId: { readonly hash: string; readonly id: Promise<bigint> } | undefined;

  function readAt(channelId: bigint, head: Head): Promise<ChannelOnChain | undefined> {
    const key = `${channelId}/${head.hash}`;
    const shared = running.get(key);
    if (shared !== undefined) return shared;
    const release = follower.hold();
    const started = readOnce(channelId, head).finally(() => {
      release();
      running.delete(key);
    });
    running.set(key, started);
    return started;
  }

  async function readOnce(channelId: bigint, head: Head): Promise<ChannelOnChain | undefined> {
    const cached = follower.get(channelId);
    if (cached?.readAt === head.hash) return cached.channel;
    const { generation } = follower;
    if (channelId >= follower.openedBelow && channelId >= (await countOpened(head))) {
      return undefined;
    }
    const found = await ask(head, (pinned, stop) =>
      getChannel(pinned, { mpe, channelId, ...stop }),
    );
    if (found === undefined) return undefined;
    const { id, ...rest } = found;
    const channel: ChannelOnChain = { channelId: id, ...rest, block: head.number };
    if (generation === follower.generation) follower.keep(channel, head);
    return channel;
  }

  /** Channels are numbered from 0 without gaps: one number tells of all that were never opened. */
  function readNextId(head: Head): Promise<bigint> {
    if (nextId?.hash !== head.hash) {
      const call = escrowContract.read('nextChannelId', []);
      const id = ask(head, (pinned, stop) => readContract(pinned, { address: mpe, call, ...stop }));
      nextId = { hash: head.hash, id };
      // A failure is not remembered.
      id.catch(() => {
        if (nextId?.id === id) nextId = undefined;
      });
    }
    return nextId.id;
  }

  /** The time of a request begins when it is sent; one that waited as long for its turn is too late. */
  function ask<T>(
    head: Head,
    request: (pinned: ChainClient, stop: { signal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const asked = timers.now();
    return gate.pass(() => {
      if (timers.now() - asked > timeoutMs) throw timedOut(timeoutMs);
      return send(head, request);
    });
  }

  async function send<T>(
    head: Head,
    request: (pinned: ChainClient, stop: { signal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const deadline = new AbortController();
    const stopDeadline = timers.after(timeoutMs, () => deadline.abort());
    const stop = {
      signal: AbortSignal.any(signal ? [signal, deadline.signal] : [deadline.signal]),
    };
    try {
      return await request(atBlock(client, head.number), stop);
    } catch (error) {
      throw deadline.signal.aborted ? timedOut(timeoutMs) : error;
    } finally {
      stopDeadline();
    }
  }

  /** The head that a channel is read at. */
  async function findHead(channelId: bigint): Promise<Head> {
    if (channelId < follower.openedBelow) return clock.refresh();
    // The look that has begun may tell of this one, too.
    await looking;
    return channelId < follower.openedBelow ? clock.refresh() : look();
  }

  /** Begins after this call, so that it finds what was opened before; shared until then. */
  function look(): Promise<Head> {
    nextLook ??= waitToLook().then(() => {
      nextLook = undefined;
      const head = clock.refresh();
      looking = head.then(countOpened).catch(() => {});
      return head;
    });
    return nextLook;
  }

  async function countOpened(head: Head): Promise<bigint> {
    const { generation } = follower;
    const below = await readNextId(head);
    if (generation === follower.generation) follower.sawOpened(below);
    return below;
  }

  function waitToLook(): Promise<void> {
    const now = timers.now();
    lookDue = Math.max(lookDue, now - looksAtOnce * lookMs) + lookMs;
    const ms = lookDue - now;
    return ms <= 0 ? Promise.resolve() : new Promise((resolve) => timers.after(ms, resolve));
  }

  async function readNow(channelId: bigint): Promise<ChannelOnChain | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      const head = await (attempt === 1 ? findHead(channelId) : clock.refresh());
      try {
        return await readAt(channelId, head);
      } catch (error) {
        const refused = error instanceof BaseError && error.code === 'RPC_REFUSED';
        if (!refused || attempt === attempts) throw error;
        await new Promise<void>((resolve) => timers.after(retryMs, resolve));
      }
    }
  }

  return {
    peek: (channelId) => follower.get(channelId)?.channel,
    read: (channelId, { signal: left } = {}) => abortable(readNow(channelId), left),
  };
}

function timedOut(timeoutMs: number): BaseError {
  return new BaseError('RPC_TIMED_OUT', 'The chain did not tell of the channel in time.', {
    expected: `an answer within ${timeoutMs} ms`,
  });
}
