import { paymentHeaders } from '@snetkit/core';
import type { Config } from '../../config/schema.ts';
import { readSingle } from '../../upstreams/read-single.ts';
import type { CallReport } from '../calls/call-report.ts';

/** What a report of usage says of the daemon. */
export interface UsageContext {
  readonly config: Config;
  readonly groupId: string;
  readonly registryAddress: string;
  readonly version: string;
  /** User of a free call; empty for other calls. */
  readonly username: string;
}

/** The report of one call, with the fields of the official daemon (daemon.md 8.3). */
export function describeUsage(
  { requestId, head, end, startedAt, ms, kind }: CallReport,
  context: UsageContext,
): Record<string, string | number> {
  const { config, groupId, registryAddress, version, username } = context;
  const { path, metadata } = head;
  const start = formatTime(startedAt);
  const finish = formatTime(startedAt + ms);
  const header = (name: string) => readSingle(metadata[name]) ?? '';
  const isSuccess = end !== 'left' && end.code === 0;
  return {
    type: 'response',
    registry_address_key: registryAddress,
    // Its path and query are what the provider pays for.
    ethereum_json_rpc_endpoint: originOf(config.ethereum_json_rpc_http_endpoint),
    request_id: requestId,
    organization_id: config.organization_id,
    service_id: config.service_id,
    group_id: groupId,
    service_method: path,
    response_sent_time: finish,
    request_received_time: start,
    response_time: (ms / 1_000).toFixed(4),
    response_code: codeName(end === 'left' ? 1 : end.code),
    error_message: end === 'left' ? 'the client left' : end.message,
    version,
    client_type: header(paymentHeaders.clientType),
    user_details: header(paymentHeaders.userInfo),
    user_agent: header('user-agent'),
    channel_id: header(paymentHeaders.channelId),
    username,
    operation: 'read',
    usage_type: 'apicall',
    status: isSuccess ? 'success' : 'failed',
    start_time: start,
    end_time: finish,
    usage_value: 1,
    time_zone: '',
    payment_mode: kind ?? header(paymentHeaders.paymentType),
    user_address: '',
  };
}

/** `2026-11-21 20:45:48.123000000`, UTC. */
function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '000000');
}

function originOf(url: string | undefined): string {
  return URL.parse(url ?? '')?.origin ?? '';
}

const names =
  'OK Canceled Unknown InvalidArgument DeadlineExceeded NotFound AlreadyExists PermissionDenied ResourceExhausted FailedPrecondition Aborted OutOfRange Unimplemented Internal Unavailable DataLoss Unauthenticated'.split(
    ' ',
  );

/** The names that Go has for codes. */
function codeName(code: number): string {
  return names[code] ?? `Code(${code})`;
}
