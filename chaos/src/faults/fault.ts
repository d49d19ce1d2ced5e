import type { ChannelBook } from '../client/channel-book.ts';
import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';

/** What a fault may touch, and what it tells about itself. */
export interface FaultScene {
  readonly world: World;
  readonly random: Random;
  readonly books: readonly ChannelBook[];
  /** Aborted when the load is over: a fault then ends early. */
  readonly signal: AbortSignal;
  readonly tally: FaultTally;
  /** What the provider has taken on the chain, in cogs, by `<channel>/<nonce>`. */
  readonly claimed: Map<string, bigint>;
}

/** What a run counts of its faults. */
export interface FaultTally {
  /** Daemons killed with `kill -9`. */
  kills: number;
  /** Members of etcd killed with `kill -9`. */
  storeKills: number;
  /** Replicas that died for the others: killed, or stopped past their lease. */
  deaths: number;
}

/** One way in which the world goes wrong. The run heals everything at its end, too. */
export interface Fault {
  readonly name: string;
  /** How often it is chosen, compared with the others. */
  readonly weight: number;
  /** Where it can happen. */
  fits(world: World): boolean;
  /** Before the clients begin. */
  prepare?(scene: FaultScene): Promise<void>;
  /** While they pay. */
  strike(scene: FaultScene): Promise<void>;
  /** When all is healed, before the accounts are settled. */
  finish?(scene: FaultScene): Promise<void>;
  /** Does not happen in the same run as this one. */
  readonly excludes?: string;
  /** The connections of clients are cut: what was on the wire is nobody's fault. */
  readonly cutsWires?: boolean;
  /** Channels open with money for so many calls only. */
  readonly poorCalls?: number;
}
