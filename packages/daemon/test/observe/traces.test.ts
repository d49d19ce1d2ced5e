import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { type ObservedService, path, startObservedService } from './observed-service.ts';
import { type Receiver, startReceiver } from './start-receiver.ts';

/** A span as OTLP has it in JSON. */
interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { key: string; value: Readonly<Record<string, unknown>> }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

const traceId = '0af7651916cd43dd8448eb211c80319c';
const clientSpan = 'b7ad6b7169203331';

let observed: ObservedService;
let collector: Receiver;
let daemon: StartedSnetd;

beforeAll(async () => {
  [observed, collector] = await Promise.all([startObservedService(), startReceiver()]);
  daemon = await observed.start({
    traces_endpoint: `${collector.url}/v1/traces`,
    traces_headers: { 'x-api-key': 'key of the collector' },
  });
});

afterAll(async () => {
  await daemon?.stop();
  await collector?.stop();
  await observed?.stop();
});

function spansOf(trace: string): OtlpSpan[] {
  return collector.requests.flatMap(({ body }) => {
    const { resourceSpans } = JSON.parse(body);
    return resourceSpans
      .flatMap(({ scopeSpans }: { scopeSpans: { spans: OtlpSpan[] }[] }) => scopeSpans)
      .flatMap(({ spans }: { spans: OtlpSpan[] }) => spans)
      .filter((span: OtlpSpan) => span.traceId === trace);
  });
}

function attributesOf({ attributes }: OtlpSpan): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

async function findSpans(trace: string, count: number): Promise<Map<string, OtlpSpan>> {
  await expect.poll(() => spansOf(trace).length, { timeout: 20_000 }).toBe(count);
  return new Map(spansOf(trace).map((span) => [span.name, span]));
}

test('default: the trace of a client goes on through payment and service, and is exported', async () => {
  const { served, end } = await observed.call(daemon.endpoint, {
    headers: { traceparent: `00-${traceId}-${clientSpan}-01`, tracestate: 'vendor=1,other=2' },
  });
  const spans = await findSpans(traceId, 5);
  expect([...spans.keys()].sort()).toEqual(
    [path.slice(1), 'delivery', 'payment.begin', 'payment.commit', 'upstream'].sort(),
  );
  const call = spans.get(path.slice(1)) as OtlpSpan;
  expect(call).toMatchObject({ parentSpanId: clientSpan, kind: 2, traceState: 'vendor=1,other=2' });
  for (const [name, span] of spans) {
    if (name !== call.name) expect(span.parentSpanId, name).toBe(call.spanId);
    expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
  }
  expect(attributesOf(call)).toEqual({
    'rpc.system': 'grpc',
    'rpc.service': 'text.v1.TextService',
    'rpc.method': 'Detect',
    'client.address': '127.0.0.1',
    'snet.request_id': end.fields['x-request-id'],
    'rpc.grpc.status_code': 0,
    'snet.payment.kind': 'escrow',
    'snet.channel_id': `${observed.channel.channelId}`,
    'snet.payment.charged': true,
  });
  // The service goes on in the span of the daemon's own request to it.
  expect(served.headers['traceparent']).toBe(`00-${traceId}-${spans.get('upstream')?.spanId}-01`);
  expect(served.headers['tracestate']).toBe('vendor=1,other=2');
  expect(spans.get('upstream')?.kind).toBe(3);
  expect(collector.requests[0]).toMatchObject({ method: 'POST', url: '/v1/traces' });
  expect(collector.requests[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-api-key': 'key of the collector',
  });
  const { resource } = JSON.parse(collector.requests[0]?.body ?? '').resourceSpans[0];
  expect(attributesOf(resource)).toMatchObject({
    'service.name': 'snetd',
    'snet.service_id': observed.network.devnet.daemonConfig['service_id'],
  });
});

test('behavior: a call that fails says so, and a call without a trace begins one', async () => {
  const { served } = await observed.call(daemon.endpoint, { status: '5' });
  const [, begun = '', , flags] = String(served.headers['traceparent']).split('-');
  expect(flags).toBe('01');
  const spans = await findSpans(begun, 3);
  const call = spans.get(path.slice(1)) as OtlpSpan;
  expect(call.parentSpanId ?? '').toBe('');
  expect(call.status).toEqual({ code: 2, message: 'status 5' });
  expect(attributesOf(call)).toMatchObject({ 'snet.payment.charged': false });
});

test('behavior: what the client does not want traced is not, and its context passes on', async () => {
  const quiet = 'a'.repeat(32);
  const { served } = await observed.call(daemon.endpoint, {
    headers: { traceparent: `00-${quiet}-${clientSpan}-00` },
  });
  expect(served.headers['traceparent']).toMatch(new RegExp(`^00-${quiet}-[0-9a-f]{16}-00$`));
  const broken = await observed.call(daemon.endpoint, { headers: { traceparent: '00-0-0-01' } });
  const [, begun = ''] = String(broken.served.headers['traceparent']).split('-');
  await findSpans(begun, 5);
  expect(spansOf(quiet)).toEqual([]);
});

test('behavior: spans that wait are sent at the end, and no secret is told', async () => {
  const last = 'b'.repeat(32);
  await observed.call(daemon.endpoint, {
    headers: { traceparent: `00-${last}-${clientSpan}-01` },
  });
  await daemon.stop();
  expect(spansOf(last)).toHaveLength(5);
  const all = JSON.stringify([collector.requests.map(({ body }) => body), daemon.lines]);
  expect(all).not.toContain('key of the collector');
  expect(all).not.toContain('signature');
});

test('behavior: a collector that is away neither keeps calls nor the end', async () => {
  const other = await observed.start({
    traces_endpoint: 'http://127.0.0.1:9/v1/traces',
  });
  const { end } = await observed.call(other.endpoint);
  expect(end.status).toBe('0');
  other.child.kill('SIGTERM');
  expect(await other.exited).toBe(0);
});
