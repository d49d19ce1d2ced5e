import type { JsonObject } from '@snetkit/core';
import type { PosedNetwork } from '../contracts/deploy-contracts.ts';
import type { FreeCallTerms } from '../publish/create-service-document.ts';
import type { DevnetProgress } from './devnet.ts';

/** TCP ports on 127.0.0.1; what is left out gets a free one. */
export interface DevnetPorts {
  readonly chain?: number | undefined;
  readonly content?: number | undefined;
  readonly daemon?: number | undefined;
  readonly service?: number | undefined;
}

/** What the local network shall be like. */
export interface StartDevnetOptions {
  /** Pose as this network: its chain id, the contracts at its published addresses, protos in one file. */
  readonly as?: PosedNetwork | undefined;
  /** Program and arguments of the daemon; none is started when not given. */
  readonly daemonCommand?: readonly string[] | undefined;
  /** Keys that are added to the daemon's configuration, or replace what is there. */
  readonly daemonConfig?: JsonObject | undefined;
  /** Folder in which this run makes its own folder, and leaves it; a temporary one when not given. */
  readonly directory?: string | undefined;
  /**
   * Seconds between blocks, once everything is up. Without it every transaction makes a block at
   * once; posing as a public network, there is also one every two seconds.
   */
  readonly blockTimeSeconds?: number | undefined;
  /** `false`: no example service is started. */
  readonly service?: boolean | undefined;
  /** URL of a service to put behind the daemon instead of the example service. */
  readonly serviceEndpoint?: string | undefined;
  /** How the daemon talks to that service: `grpc` when not given; also `http`, `jsonrpc`, `process`. */
  readonly serviceType?: string | undefined;
  /** What its messages are: `proto` when not given; also `json`. */
  readonly encoding?: string | undefined;
  /** Its proto files, import path to source text; those of the example service when not given. */
  readonly protos?: ReadonlyMap<string, string> | undefined;
  /** Cogs for each call; 10^15 (0.001 FET) when not given. */
  readonly price?: bigint | undefined;
  /** Blocks that a channel must still be valid for; 100 when not given. */
  readonly paymentExpirationThreshold?: bigint | undefined;
  /** Members of an etcd that the organization names for its payments; none when not given. */
  readonly storageEndpoints?: readonly string[] | undefined;
  /** What the service gives away; no free calls when not given. */
  readonly freeCalls?: FreeCallTerms | undefined;
  /** What the content store says its version is; see `startContentStore`. */
  readonly contentVersion?: string | undefined;
  readonly ports?: DevnetPorts | undefined;
  /** `true`: write the file by which other programs find the network (`readDevnetDescriptor`). */
  readonly announce?: boolean | undefined;
  /** Called before and after each step. */
  readonly onProgress?: ((progress: DevnetProgress) => void) | undefined;
  /** Gives the start up; a network that runs already is stopped with `stop()`. */
  readonly signal?: AbortSignal | undefined;
}
