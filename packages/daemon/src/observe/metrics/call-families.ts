import type { Counters } from '../counters.ts';
import type { Family, Sample } from './format-families.ts';

/** What is counted of calls, payments, the store and the chain, beyond plain counters. */
export function callFamilies({
  callStats,
  commits,
  chain,
  head,
  deliveries,
}: Counters): readonly Family[] {
  const methods = [...callStats.methods];
  const payments = Object.entries(callStats.payments);
  return [
    {
      name: 'snetd_method_calls_total',
      help: 'Calls that are over, by method and gRPC status code; methods that are not published count as other.',
      type: 'counter',
      samples: methods.flatMap(([method, { codes }]) =>
        Object.entries(codes).map(([code, value]) => ({ labels: { method, code }, value })),
      ),
    },
    {
      name: 'snetd_call_duration_seconds',
      help: 'Time from the head of a call to its status, by method.',
      type: 'histogram',
      samples: methods.map(([method, { latency }]) => ({ labels: { method }, value: latency })),
    },
    {
      name: 'snetd_payments_total',
      help: 'Payments by kind: charged, refused before anything was reserved (of any kind), uncharged because nothing was delivered.',
      type: 'counter',
      samples: payments.flatMap(([kind, { charged, refused, uncharged }]) =>
        Object.entries({ charged, refused, uncharged })
          .filter(([, value]) => value > 0)
          .map(([result, value]) => ({ labels: { kind, result }, value })),
      ),
    },
    {
      name: 'snetd_charged_cogs_total',
      help: 'Cogs that calls were charged, by the kind of payment.',
      type: 'counter',
      samples: payments
        .filter(([, { charged }]) => charged > 0)
        .map(([kind, { cogs }]) => ({ labels: { kind }, value: cogs })),
    },
    {
      name: 'snetd_store_commits_total',
      help: 'Writes to the store, by how they ended.',
      type: 'counter',
      samples: Object.entries(commits.outcomes).map(([outcome, value]) => ({
        labels: { outcome },
        value,
      })),
    },
    {
      name: 'snetd_store_commit_duration_seconds',
      help: 'Time until a write to the store was durable, or known not to be.',
      type: 'histogram',
      samples: [{ value: commits.latency }],
    },
    {
      name: 'snetd_chain_request_duration_seconds',
      help: 'Time of requests to the node of the chain.',
      type: 'histogram',
      samples: chain.latency === undefined ? [] : [{ value: chain.latency }],
    },
    {
      name: 'snetd_deliveries_total',
      help: 'Reports of usage and alerts, by where they go and what became of them; tries that failed are made again.',
      type: 'counter',
      samples: Object.entries(deliveries).flatMap(([to, { sent, retries, dropped }]) =>
        Object.entries({ sent, retried: retries, ...dropped }).map(([result, value]) => ({
          labels: { to, result },
          value,
        })),
      ),
    },
    {
      name: 'snetd_deliveries_waiting',
      help: 'Reports of usage and alerts that wait to be delivered.',
      type: 'gauge',
      samples: Object.entries(deliveries).map(([to, { queued }]) => ({
        labels: { to },
        value: queued,
      })),
    },
    gauge('snetd_block_number', 'Latest block that the node told of.', head && [head.block]),
    gauge(
      'snetd_block_age_seconds',
      'Time since the node first told of the latest block.',
      head && [(performance.now() - head.seenAt) / 1_000],
    ),
  ];
}

function gauge(name: string, help: string, values: readonly (number | bigint)[] = []): Family {
  return { name, help, type: 'gauge', samples: values.map((value): Sample => ({ value })) };
}
