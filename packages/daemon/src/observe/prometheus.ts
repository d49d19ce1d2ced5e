import type { Counters } from './counters.ts';
import { escapeLabel, type Family, formatFamilies } from './metrics/format-families.ts';

/** A counter or gauge as a collector sees it. */
interface Metric {
  readonly name: string;
  readonly help: string;
  /** `gauge` for what can fall. */
  readonly type?: 'gauge';
  /** What a counter that is kept by name is kept by. */
  readonly label?: string;
  read(counters: Counters): number | Readonly<Record<string, number>>;
}

const metrics: readonly Metric[] = [
  {
    name: 'snetd_calls_total',
    help: 'Calls that asked to be served.',
    read: ({ calls }) => calls,
  },
  {
    name: 'snetd_call_endings_total',
    help: 'Calls that are over, by gRPC status code; left: the client went first.',
    label: 'code',
    read: ({ endings }) => endings,
  },
  {
    name: 'snetd_signature_recoveries_total',
    help: 'Signers recovered from the signatures of payments.',
    read: ({ signatureRecoveries }) => signatureRecoveries,
  },
  {
    name: 'snetd_service_recoveries_total',
    help: "Signers recovered for the daemon's own services.",
    read: ({ serviceRecoveries }) => serviceRecoveries,
  },
  {
    name: 'snetd_service_requests_total',
    help: "Requests to the daemon's own services.",
    read: ({ serviceRequests }) => serviceRequests,
  },
  {
    name: 'snetd_limited_total',
    help: 'Calls and requests refused because they came too often, by the limit.',
    label: 'limit',
    read: ({ limited }) => limited,
  },
  {
    name: 'snetd_faults_total',
    help: 'What must never happen, and did.',
    read: ({ faults }) => faults,
  },
  {
    name: 'snetd_store_reads_total',
    help: 'Reads of channel records and claims.',
    read: ({ storeReads }) => storeReads,
  },
  {
    name: 'snetd_call_commits_total',
    help: 'Writes that commit calls.',
    read: ({ callCommits }) => callCommits,
  },
  {
    name: 'snetd_other_writes_total',
    help: 'Writes that only settle or take back earlier calls.',
    read: ({ otherWrites }) => otherWrites,
  },
  {
    name: 'snetd_dropped_orphans_total',
    help: 'Payments of dead replicas that became too old to be repeated.',
    read: ({ droppedOrphans }) => droppedOrphans,
  },
  {
    name: 'snetd_chain_requests_total',
    help: 'Requests to the node of the chain, by JSON-RPC method.',
    label: 'method',
    read: ({ chain }) => chain.requests,
  },
  {
    name: 'snetd_chain_failures_total',
    help: 'Requests to the node that failed.',
    read: ({ chain }) => chain.failures,
  },
  {
    name: 'snetd_chain_reorganisations_total',
    help: 'Times that blocks which had been seen were replaced by others.',
    read: ({ chain }) => chain.reorganisations,
  },
  {
    name: 'snetd_backend_up',
    help: 'Whether each of several addresses of the service is up.',
    type: 'gauge',
    label: 'backend',
    read: ({ backends }) => backends,
  },
  {
    name: 'snetd_sockets',
    help: 'Open connections of clients.',
    type: 'gauge',
    read: ({ listener }) => listener.sockets,
  },
  {
    name: 'snetd_calls_running',
    help: 'Calls that are not over.',
    type: 'gauge',
    read: ({ listener }) => listener.calls,
  },
  {
    name: 'snetd_refused_streams_total',
    help: 'Requests refused before they became calls.',
    read: ({ listener }) => listener.refusedStreams,
  },
  {
    name: 'snetd_destroyed_connections_total',
    help: 'Connections cut off for misbehaving or silence.',
    read: ({ listener }) => listener.destroyedConnections,
  },
  {
    name: 'snetd_cut_calls_total',
    help: 'Calls cut because they kept too much waiting, or for too long.',
    read: ({ listener }) => listener.cutCalls,
  },
  {
    name: 'snetd_refused_connections_total',
    help: 'Connections refused because their address had enough of them.',
    read: ({ listener }) => listener.refusedConnections,
  },
  {
    name: 'snetd_silent_calls_total',
    help: 'Calls ended because their first message had not come while too many others waited as well.',
    read: ({ listener }) => listener.silentCalls,
  },
  {
    name: 'snetd_failed_handshakes_total',
    help: 'Connections that did not come to speak TLS.',
    read: ({ listener }) => listener.failedHandshakes,
  },
  {
    name: 'snetd_group_stopped',
    help: '1 while an operator keeps the group from taking calls.',
    type: 'gauge',
    read: ({ group }) => group.stopped,
  },
  {
    name: 'snetd_store_unreachable',
    help: '1 while the store of the group does not answer.',
    type: 'gauge',
    read: ({ group }) => group.storeUnreachable,
  },
  {
    name: 'snetd_other_store',
    help: '1 when the organization metadata names another store for the group than this daemon has.',
    type: 'gauge',
    read: ({ group }) => group.otherStore,
  },
  {
    name: 'snetd_replicas',
    help: 'Replicas of this service that live and share its limits.',
    type: 'gauge',
    read: ({ group }) => group.replicas,
  },
  {
    name: 'snetd_metadata_refused',
    help: '1 while metadata are registered that cannot be used, so that older ones go on counting.',
    type: 'gauge',
    read: ({ group }) => group.metadataRefused,
  },
  {
    name: 'snetd_store_restores_total',
    help: 'Times that the store was restored under this replica, which must never happen.',
    read: ({ group }) => group.epochs,
  },
];

/** Content type of the Prometheus text format. */
export const prometheusContentType = 'text/plain; version=0.0.4; charset=utf-8';

/** The counters in the Prometheus text format, and what else is to be told. */
export function formatPrometheus(counters: Counters, families: readonly Family[] = []): string {
  const lines: string[] = [];
  for (const { name, help, type = 'counter', label, read } of metrics) {
    const value = read(counters);
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
    if (typeof value === 'number') lines.push(`${name} ${value}`);
    else {
      for (const [key, count] of Object.entries(value)) {
        lines.push(`${name}{${label}="${escapeLabel(key)}"} ${count}`);
      }
    }
  }
  return `${lines.join('\n')}\n${formatFamilies(families)}`;
}
