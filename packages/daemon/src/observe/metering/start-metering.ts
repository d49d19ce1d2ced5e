import {
  BaseError,
  bytesToBase64,
  getDaemonId,
  packMeteringMessage,
  paymentHeaders,
  signMessage,
  stringifyJson,
} from '@snetkit/core';
import type { BlockClock, ChainView } from '../../chain/chain-view.ts';
import type { Config } from '../../config/schema.ts';
import { readSingle } from '../../upstreams/read-single.ts';
import type { CallReport } from '../calls/call-report.ts';
import {
  createDeliveryQueue,
  type DeliveryCounters,
  type DeliveryQueue,
} from '../delivery/delivery-queue.ts';
import { post } from '../delivery/post.ts';
import type { Logger } from '../logger.ts';
import { describeUsage } from './describe-usage.ts';

/** What usage is reported with. */
export interface MeteringOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly counters: DeliveryCounters;
  /** Signatures name its block; absent without a chain, then they name block 0. */
  readonly clock: Pick<BlockClock, 'current'> | undefined;
  readonly chain: Pick<ChainView, 'peek'> | undefined;
  /** Base64 text. */
  readonly groupId: string;
  readonly registryAddress: string;
  /** `v0.1.0`. */
  readonly version: string;
}

/** Reports usage to the metering service. */
export interface Metering {
  /** Takes the report of a call that is over; it is sent later, beside everything else. */
  report(report: CallReport): void;
  /** Sends what is left, for at most `ms`. */
  close(options: { ms: number }): Promise<void>;
}

/** One request that waits. */
interface Report {
  readonly path: string;
  readonly body: string;
  /** Whom the signature names: the user of a free call. */
  readonly username: string;
}

const maxReports = 10_000;
const width = 4;

/**
 * Starts to report usage (daemon.md 8.3): each call to `/metering/usage`, each charge of a channel to
 * `/contract-api/channel/<id>/balance`. Reports wait in a bounded queue and are tried again until they
 * are taken.
 *
 * @throws BaseError `METERING_REFUSED` when the service does not know this daemon; one that is away
 *   only delays the reports
 */
export async function startMetering(options: MeteringOptions): Promise<Metering> {
  const { config, log, counters, chain } = options;
  await verify(options);
  const base = trimSlash(config.metering_endpoint as string);
  const queue: DeliveryQueue<Report> = createDeliveryQueue({
    counters,
    ...{ maxItems: maxReports, width },
    send: ({ path, body, username }, signal) =>
      post(`${base}${path}`, { body, signal, headers: signedHeaders(username, options) }),
    onTrouble: ({ dropped, cause }) => {
      if (dropped === undefined) {
        log.warn(
          { event: 'metering', error: cause },
          'Usage cannot be reported; it is tried again',
        );
      } else {
        log.error({ event: 'metering', dropped, error: cause }, 'A report of usage is lost');
      }
    },
  });
  return {
    report(call) {
      const username = readSingle(call.head.metadata[paymentHeaders.freeCallUserId]) ?? '';
      const usage = describeUsage(call, { ...options, username });
      queue.push({ path: '/metering/usage', username, body: JSON.stringify(usage) });
      const { payment, isCharged } = call;
      if (!isCharged || payment?.channelId === undefined || payment.signed === undefined) return;
      const { channelId, signed } = payment;
      const balance = stringifyJson({
        OrganizationID: config.organization_id,
        ServiceID: config.service_id,
        GroupID: options.groupId,
        AuthorizedAmount: signed.amount,
        FullAmount: chain?.peek(channelId)?.value ?? 0n,
        ChannelId: channelId,
        Nonce: signed.nonce,
      });
      queue.push({ path: `/contract-api/channel/${channelId}/balance`, username, body: balance });
    },
    close: (how) => queue.close(how),
  };
}

/** Asks whether the service knows this daemon. */
async function verify(options: MeteringOptions): Promise<void> {
  const { config, log, groupId, registryAddress } = options;
  const { organization_id: organizationId, service_id: serviceId } = config;
  const daemonId = getDaemonId({ organizationId, serviceId, groupId, registryAddress });
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${trimSlash(config.metering_endpoint as string)}/metering/verify`, {
      headers: {
        'content-type': 'application/json',
        'x-authtype': 'verification',
        'access-control-allow-origin': '*',
        ...signedHeaders(daemonId, options),
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
    });
    text = (await response.text()).slice(0, 200);
  } catch (error) {
    log.warn({ event: 'metering', error }, 'The metering service does not answer; reports wait');
    return;
  }
  if (response.status === 200 && isSuccess(text)) return;
  if (response.status >= 500) {
    log.warn({ event: 'metering', status: response.status }, 'The metering service is in trouble');
    return;
  }
  throw new BaseError('METERING_REFUSED', 'The metering service does not know this daemon.', {
    place: 'metering_endpoint',
    expected: '200 {"data":"success"}',
    found: `${response.status} ${text}`.trim(),
    hint: 'Register the address of private_key_for_metering there, or set metering_enabled to false.',
  });
}

function isSuccess(text: string): boolean {
  try {
    return (JSON.parse(text) as { data?: unknown }).data === 'success';
  } catch {
    return false;
  }
}

/** Signed by the metering key, over the latest block (daemon.md 3.13). */
function signedHeaders(username: string, options: MeteringOptions): Record<string, string> {
  const { config, clock, groupId, registryAddress } = options;
  const { organization_id: organizationId, service_id: serviceId } = config;
  const block = clock?.current() ?? 0n;
  const message = packMeteringMessage({ username, organizationId, serviceId, groupId, block });
  const signature = signMessage({
    message,
    privateKey: config.private_key_for_metering as `0x${string}`,
  });
  return {
    'x-daemonid': getDaemonId({ organizationId, serviceId, groupId, registryAddress }),
    'x-token': '',
    'x-username': username,
    'x-organizationid': organizationId,
    'x-groupid': groupId,
    'x-serviceid': serviceId,
    'x-currentblocknumber': block.toString(),
    'x-signature': bytesToBase64(signature),
  };
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
