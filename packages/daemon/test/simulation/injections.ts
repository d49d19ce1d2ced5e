/** What was injected into schedules, and what came of them. */
export interface Injections {
  calls: number;
  delivered: number;
  charged: number;
  kills: number;
  lingering: number;
  leasesLost: number;
  unknownOutcomes: number;
  lateCommits: number;
  outages: number;
  failedReads: number;
  conflicts: number;
  sharedWrites: number;
  leaves: number;
  failuresBefore: number;
  failuresAfter: number;
  slow: number;
  twins: number;
  priceChanges: number;
  claims: number;
  landed: number;
  outside: number;
  timeouts: number;
  overtaken: number;
  reorganisations: number;
  topUps: number;
  orphansProbed: number;
  cuts: number;
  counterCalls: number;
  tokens: number;
}

/** Nothing yet. */
export function noInjections(): Injections {
  return {
    calls: 0,
    delivered: 0,
    charged: 0,
    kills: 0,
    lingering: 0,
    leasesLost: 0,
    unknownOutcomes: 0,
    lateCommits: 0,
    outages: 0,
    failedReads: 0,
    conflicts: 0,
    sharedWrites: 0,
    leaves: 0,
    failuresBefore: 0,
    failuresAfter: 0,
    slow: 0,
    twins: 0,
    priceChanges: 0,
    claims: 0,
    landed: 0,
    outside: 0,
    timeouts: 0,
    overtaken: 0,
    reorganisations: 0,
    topUps: 0,
    orphansProbed: 0,
    cuts: 0,
    counterCalls: 0,
    tokens: 0,
  };
}

/** Adds what another schedule saw. */
export function addInjections(sum: Injections, more: Injections): void {
  for (const name of Object.keys(more) as (keyof Injections)[]) sum[name] += more[name];
}
