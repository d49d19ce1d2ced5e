import { BaseError } from '@snetkit/core';
import { expect, test } from 'vitest';
import { countBy, createCounters } from './counters.ts';
import { startMetricsServer } from './metrics-server.ts';

test('default: counters in the Prometheus text format', async () => {
  const counters = createCounters();
  counters.calls += 3;
  countBy(counters.endings, 16);
  countBy(counters.endings, 16);
  countBy(counters.chain.requests, 'eth_"call"\n');
  const server = await startMetricsServer({ host: '127.0.0.1', port: 0 }, counters);
  try {
    const response = await fetch(server.url);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toMatchInlineSnapshot(`
      "# HELP snetd_calls_total Calls that asked to be served.
      # TYPE snetd_calls_total counter
      snetd_calls_total 3
      # HELP snetd_call_endings_total Calls that are over, by gRPC status code; left: the client went first.
      # TYPE snetd_call_endings_total counter
      snetd_call_endings_total{code="16"} 2
      # HELP snetd_signature_recoveries_total Signers recovered from the signatures of payments.
      # TYPE snetd_signature_recoveries_total counter
      snetd_signature_recoveries_total 0
      # HELP snetd_service_recoveries_total Signers recovered for the daemon's own services.
      # TYPE snetd_service_recoveries_total counter
      snetd_service_recoveries_total 0
      # HELP snetd_service_requests_total Requests to the daemon's own services.
      # TYPE snetd_service_requests_total counter
      snetd_service_requests_total 0
      # HELP snetd_faults_total What must never happen, and did.
      # TYPE snetd_faults_total counter
      snetd_faults_total 0
      # HELP snetd_store_reads_total Reads of channel records and claims.
      # TYPE snetd_store_reads_total counter
      snetd_store_reads_total 0
      # HELP snetd_call_commits_total Writes that commit calls.
      # TYPE snetd_call_commits_total counter
      snetd_call_commits_total 0
      # HELP snetd_other_writes_total Writes that only settle or take back earlier calls.
      # TYPE snetd_other_writes_total counter
      snetd_other_writes_total 0
      # HELP snetd_dropped_orphans_total Payments of dead replicas that became too old to be repeated.
      # TYPE snetd_dropped_orphans_total counter
      snetd_dropped_orphans_total 0
      # HELP snetd_chain_requests_total Requests to the node of the chain, by JSON-RPC method.
      # TYPE snetd_chain_requests_total counter
      snetd_chain_requests_total{method="eth_\\"call\\"\\n"} 1
      # HELP snetd_chain_failures_total Requests to the node that failed.
      # TYPE snetd_chain_failures_total counter
      snetd_chain_failures_total 0
      # HELP snetd_chain_reorganisations_total Times that blocks which had been seen were replaced by others.
      # TYPE snetd_chain_reorganisations_total counter
      snetd_chain_reorganisations_total 0
      # HELP snetd_backend_up Whether each of several addresses of the service is up.
      # TYPE snetd_backend_up gauge
      # HELP snetd_sockets Open connections of clients.
      # TYPE snetd_sockets gauge
      snetd_sockets 0
      # HELP snetd_calls_running Calls that are not over.
      # TYPE snetd_calls_running gauge
      snetd_calls_running 0
      # HELP snetd_refused_streams_total Requests refused before they became calls.
      # TYPE snetd_refused_streams_total counter
      snetd_refused_streams_total 0
      # HELP snetd_destroyed_connections_total Connections cut off for misbehaving or silence.
      # TYPE snetd_destroyed_connections_total counter
      snetd_destroyed_connections_total 0
      # HELP snetd_cut_calls_total Calls cut because they kept too much waiting, or for too long.
      # TYPE snetd_cut_calls_total counter
      snetd_cut_calls_total 0
      # HELP snetd_failed_handshakes_total Connections that did not come to speak TLS.
      # TYPE snetd_failed_handshakes_total counter
      snetd_failed_handshakes_total 0
      # HELP snetd_group_stopped 1 while an operator keeps the group from taking calls.
      # TYPE snetd_group_stopped gauge
      snetd_group_stopped 0
      # HELP snetd_store_unreachable 1 while the store of the group does not answer.
      # TYPE snetd_store_unreachable gauge
      snetd_store_unreachable 0
      # HELP snetd_other_store 1 when the organization metadata names another store for the group than this daemon has.
      # TYPE snetd_other_store gauge
      snetd_other_store 0
      # HELP snetd_store_restores_total Times that the store was restored under this replica, which must never happen.
      # TYPE snetd_store_restores_total counter
      snetd_store_restores_total 0
      "
    `);
  } finally {
    await server.close();
  }
});

test('behavior: other paths and methods are refused', async () => {
  const server = await startMetricsServer({ host: '127.0.0.1', port: 0 }, createCounters());
  try {
    expect((await fetch(server.url.replace('/metrics', '/'))).status).toBe(404);
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
  } finally {
    await server.close();
  }
});

test('error: the port is taken', async () => {
  const server = await startMetricsServer({ host: '127.0.0.1', port: 0 }, createCounters());
  const port = Number(new URL(server.url).port);
  try {
    const error = await startMetricsServer({ host: '127.0.0.1', port }, createCounters()).catch(
      (cause: unknown) => cause,
    );
    expect((error as BaseError).message.replaceAll(String(port), 'PORT')).toMatchInlineSnapshot(`
      "The daemon cannot listen for a metrics collector.
      Place: metrics_endpoint
      Found: listen EADDRINUSE: address already in use 127.0.0.1:PORT
      Fix: Choose another port for metrics_endpoint, or end the program that has this one."
    `);
    expect(error).toBeInstanceOf(BaseError);
  } finally {
    await server.close();
  }
});
