import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { parseTraceParent, TraceState } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { CallStage } from '../../call/call-watch.ts';
import type { CallHead } from '../../call/exchange.ts';
import type { Metadata } from '../../call/status.ts';
import type { Config } from '../../config/schema.ts';
import type { CallReport, CallTrace } from '../calls/call-report.ts';
import { codeLabel } from '../metrics/call-counters.ts';

/** Where traces go, and whose they are. */
export interface TracingOptions {
  readonly config: Config;
  /** `v0.1.0`. */
  readonly version: string;
  readonly groupId: string;
}

/** Follows calls for a collector of OpenTelemetry. */
export interface Tracing {
  /** Begins the span of a call, within that of its client when it has one. */
  start(head: CallHead, requestId: string): CallTrace;
  /** Sends what is left; gives up after five seconds. */
  close(): Promise<void>;
}

/** Spans that wait for the collector; more are dropped by the library. */
const maxQueueSize = 4_096;
const closeMs = 5_000;

/** Starts to send traces by OTLP. Loaded only where it is configured: the library takes time and memory. */
export function startTracing({ config, version, groupId }: TracingOptions): Tracing {
  const exporter = new OTLPTraceExporter({
    url: config.traces_endpoint as string,
    headers: { ...config.traces_headers },
    timeoutMillis: closeMs,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'snetd',
      'service.version': version,
      'snet.organization_id': config.organization_id,
      'snet.service_id': config.service_id,
      'snet.group_id': groupId,
    }),
    sampler: new ParentBasedSampler({
      root: new TraceIdRatioBasedSampler(config.traces_sample_ratio),
    }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter, maxQueueSize, scheduledDelayMillis: 1_000 }),
    ],
  });
  const tracer = provider.getTracer('snetd', version);
  return {
    start: (head, requestId) => new TracedCall(tracer, head, requestId),
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, closeMs);
      });
      await Promise.race([provider.shutdown().catch(() => {}), timeout]);
      clearTimeout(timer);
    },
  };
}

const stageNames: Readonly<Record<CallStage, string>> = {
  payment: 'payment.begin',
  upstream: 'upstream',
  commit: 'payment.commit',
  delivery: 'delivery',
};

/** One span for the call, and one for each thing that it waits for. */
class TracedCall implements CallTrace {
  readonly #tracer: Tracer;
  readonly #call: Span;
  readonly #context: Context;
  /** From forwarding to the end: the service may stream beside commit and delivery. */
  #upstream: Span | undefined;
  #stage: Span | undefined;

  constructor(tracer: Tracer, { path, metadata, peer }: CallHead, requestId: string) {
    this.#tracer = tracer;
    const [, service = '', method = ''] = path.split('/');
    const attributes: Attributes = {
      'rpc.system': 'grpc',
      'rpc.service': service,
      'rpc.method': method,
      'client.address': peer.address,
      'snet.request_id': requestId,
    };
    const options = { kind: SpanKind.SERVER, attributes };
    this.#call = tracer.startSpan(path.slice(1), options, parentOf(metadata));
    this.#context = trace.setSpan(ROOT_CONTEXT, this.#call);
  }

  forwarded(): Readonly<Record<string, string>> {
    const { traceId, spanId, traceFlags, traceState } = (
      this.#upstream ?? this.#call
    ).spanContext();
    const flags = traceFlags.toString(16).padStart(2, '0');
    const state = traceState?.serialize() ?? '';
    const traceparent = `00-${traceId}-${spanId}-${flags}`;
    return state === '' ? { traceparent } : { traceparent, tracestate: state };
  }

  enter(stage: CallStage): void {
    this.#stage?.end();
    const kind = stage === 'upstream' ? SpanKind.CLIENT : SpanKind.INTERNAL;
    const span = this.#tracer.startSpan(stageNames[stage], { kind }, this.#context);
    if (stage === 'upstream') [this.#upstream, this.#stage] = [span, undefined];
    else this.#stage = span;
  }

  end({ end, kind, payment, isCharged }: CallReport): void {
    const code = codeLabel(end);
    const isFailed = code !== '0';
    for (const span of [this.#stage, this.#upstream, this.#call]) {
      if (isFailed && span === this.#call) {
        // Words of a service may hold anything; the code says enough.
        span.setStatus({ code: SpanStatusCode.ERROR, message: `status ${code}` });
      }
      if (span === this.#call) {
        span.setAttributes({
          ...(end !== 'left' && { 'rpc.grpc.status_code': end.code }),
          ...(kind !== undefined && { 'snet.payment.kind': kind }),
          ...(payment?.channelId !== undefined && { 'snet.channel_id': `${payment.channelId}` }),
          'snet.payment.charged': isCharged,
        });
      }
      span?.end();
    }
  }
}

/** The client's span, as W3C trace context tells it; anything else begins a trace. */
function parentOf(metadata: Metadata): Context {
  const { traceparent, tracestate } = metadata;
  const parent = typeof traceparent === 'string' ? parseTraceParent(traceparent) : null;
  if (parent === null) return ROOT_CONTEXT;
  const state = tracestate === undefined ? '' : [tracestate].flat().join(',');
  const spanContext = { ...parent, isRemote: true, traceState: new TraceState(state) };
  return trace.setSpanContext(ROOT_CONTEXT, spanContext);
}
