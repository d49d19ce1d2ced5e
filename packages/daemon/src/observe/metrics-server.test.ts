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
    const text = await response.text();
    expect(text).toMatch(/^(# HELP \S+ .+\n# TYPE \S+ \w+\n(\S+(\{.*\})? \S+\n)*)+$/);
    expect(text).toContain(`# HELP snetd_calls_total Calls that asked to be served.
# TYPE snetd_calls_total counter
snetd_calls_total 3
# HELP snetd_call_endings_total Calls that are over, by gRPC status code; left: the client went first.
# TYPE snetd_call_endings_total counter
snetd_call_endings_total{code="16"} 2
`);
    expect(text).toContain('snetd_chain_requests_total{method="eth_\\"call\\"\\n"} 1\n');
    expect(text).toContain('# TYPE snetd_group_stopped gauge\nsnetd_group_stopped 0\n');
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
