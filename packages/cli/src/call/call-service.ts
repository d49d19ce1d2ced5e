import { BaseError, formatAmount, parseAmount } from '@snetkit/core';
import { parseDuration } from '@snetkit/metadata';
import type { ServiceClient, SnetEngine } from '@snetkit/sdk';
import type { CallInput } from '../commands/call.ts';
import { confirm } from '../session/confirm.ts';
import { openSession } from '../session/open-session.ts';
import { formatFunding } from './call-report.ts';
import { printMethods } from './list-methods.ts';
import { runMethod } from './run-method.ts';

/** Calls a method, or lists the methods when none is named. */
export async function callService(input: CallInput): Promise<void> {
  const [organizationId = '', serviceId = '', method, argument] = input.arguments;
  const { output, signal, stdin } = input;
  const timeoutMs = readTimeout(input.options.timeout);
  await using session = await openSession(input);
  const { engine, chosen } = session;
  const maxPrice = readMaxPrice(input.options['max-price'], engine);
  const note = (text: string) => output.note(output.noteStyle('dim', text));
  output.status(`Reading what ${organizationId}/${serviceId} publishes ...`);
  const service = await engine.createServiceClient({
    organizationId,
    serviceId,
    groupName: input.options.group,
    channelId: readChannel(input.options.channel),
    endpoint: input.options.endpoint,
    maxPrice,
    signal,
    onFunding: (event) => note(formatFunding(event, engine.token)),
  });
  output.status('');
  if (method === undefined) return printMethods(service, output);
  const { path } = service.getMethod(method);
  const question = ask(service, path, input.options.channel, engine.config.network.name);
  await confirm({ ...input, question, isAgreed: input.options.yes === true, chosen });
  output.status(`Calling ${path.slice(1)} ...`);
  await runMethod({
    service,
    method: path,
    source: { argument, stdin },
    output,
    signal,
    timeoutMs,
  });
}

function ask(
  service: ServiceClient,
  path: string,
  channelId: string | undefined,
  network: string,
): string {
  const price = formatAmount(service.getPrice(path), service.token);
  const channel =
    channelId === undefined ? 'a channel, opened or topped up if need be' : `channel ${channelId}`;
  return `Pay ${price} for ${path.slice(1)} on ${network}, from ${channel}?`;
}

function readTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^[0-9]/.test(text) ? tryParseDuration(text) : 0;
  if (ms >= 1) return Math.round(ms);
  throw new BaseError('COMMAND_LINE_INVALID', 'This is not the time that a call may take.', {
    place: '--timeout',
    expected: 'a time such as 30s or 2m',
    found: JSON.stringify(text.slice(0, 40)),
  });
}

function tryParseDuration(text: string): number {
  try {
    return parseDuration(text);
  } catch {
    return 0;
  }
}

function readMaxPrice(text: string | undefined, { token }: SnetEngine): bigint | undefined {
  return text === undefined ? undefined : parseAmount(text, token, { place: '--max-price' });
}

function readChannel(text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined;
  if (/^[0-9]{1,78}$/.test(text)) return BigInt(text);
  throw new BaseError('COMMAND_LINE_INVALID', 'This is not the id of a channel.', {
    place: '--channel',
    expected: 'a whole number, as `snet channel list` shows it',
    found: JSON.stringify(text.slice(0, 40)),
  });
}
