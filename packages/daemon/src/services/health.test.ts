import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { BaseError } from '@snetkit/core';
import { Health, HealthCheckResponse_ServingStatus as Status } from '@snetkit/protos/health';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  type OwnServicesServer,
  startOwnServices,
  testHealth,
} from '../../test/services/start-own-services.ts';
import type { Obstacle, Readiness } from '../observe/readiness.ts';
import type { ServiceNeeds } from './health.ts';

let isAlive: boolean;
let stopping: AbortController;
let server: OwnServicesServer;
let obstacles: Obstacle[];
const listeners = new Set<() => void>();
const readiness: Readiness = {
  obstacles: () => obstacles,
  describe: () => obstacles,
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
const services = new Map<string, ServiceNeeds>([
  ['example.Calculator', 'upstream'],
  ['escrow.PaymentChannelStateService', ['chain', 'store']],
  ['training.Daemon', 'absent'],
  ['grpc.health.v1.Health', []],
]);

beforeEach(async () => {
  isAlive = true;
  obstacles = [];
  stopping = new AbortController();
  server = await startOwnServices({
    health: testHealth({
      probe: {
        async check() {
          if (!isAlive) throw new BaseError('SERVICE_NOT_ALIVE', 'dead', { found: 'no answer' });
        },
      },
      readiness,
      services,
      stopping: stopping.signal,
      watchIntervalMs: 20,
    }),
  });
});
afterEach(() => server.stop());

test('default: Check of a service that is alive, whatever name is asked for', async () => {
  const reply = await createClient(Health, server.transport).check({ service: 'any' });
  expect(reply.status).toBe(Status.SERVING);
});

test('error: Check of a dead service is code 2 with the official text', async () => {
  isAlive = false;
  const error = await createClient(Health, server.transport)
    .check({})
    .catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(ConnectError);
  expect((error as ConnectError).code).toBe(Code.Unknown);
  expect((error as ConnectError).rawMessage).toBe('service heartbeat unknown: no answer');
});

const { SERVING, NOT_SERVING, SERVICE_UNKNOWN } = Status;

test.each([
  [true, [], [SERVING, SERVING, SERVING]],
  [false, [], [NOT_SERVING, NOT_SERVING, SERVING]],
  [true, ['stopped'], [NOT_SERVING, NOT_SERVING, SERVING]],
  [true, ['chain'], [NOT_SERVING, NOT_SERVING, NOT_SERVING]],
  [true, ['store'], [NOT_SERVING, NOT_SERVING, NOT_SERVING]],
] as const)(
  'behavior: List, service alive: %s, in the way: %j',
  async (alive, found, [whole, upstream, signed]) => {
    isAlive = alive;
    obstacles = [...found];
    const { statuses } = await createClient(Health, server.transport).list({});
    expect(Object.entries(statuses).map(([name, { status }]) => [name, status])).toEqual([
      ['', whole],
      ['example.Calculator', upstream],
      ['escrow.PaymentChannelStateService', signed],
      ['training.Daemon', NOT_SERVING],
      ['grpc.health.v1.Health', SERVING],
    ]);
  },
);

test.each(['stopped', 'chain', 'store'] as const)(
  'behavior: Check says NOT_SERVING, without an error, when %s is in the way',
  async (obstacle) => {
    obstacles = [obstacle];
    isAlive = false;
    const reply = await createClient(Health, server.transport).check({});
    expect(reply.status).toBe(NOT_SERVING);
  },
);

test('behavior: Watch of one service, and of one that is not there', async () => {
  const first = async (service: string) => {
    for await (const { status } of createClient(Health, server.transport).watch({ service })) {
      return status;
    }
    return undefined;
  };
  obstacles = ['stopped'];
  expect(await first('')).toBe(NOT_SERVING);
  expect(await first('example.Calculator')).toBe(NOT_SERVING);
  expect(await first('escrow.PaymentChannelStateService')).toBe(SERVING);
  expect(await first('example.Nothing')).toBe(SERVICE_UNKNOWN);
});

test('behavior: Watch tells of a stop at once, not with its next look', async () => {
  const patient = await startOwnServices({
    health: testHealth({ readiness, services, watchIntervalMs: 1_000_000 }),
  });
  try {
    const seen: Status[] = [];
    for await (const { status } of createClient(Health, patient.transport).watch({})) {
      seen.push(status);
      if (seen.length === 3) break;
      // It listens from the moment at which it has nothing more to tell.
      await vi.waitUntil(() => listeners.size > 0);
      obstacles = seen.length === 1 ? ['stopped'] : [];
      for (const listener of listeners) listener();
    }
    expect(seen).toEqual([SERVING, NOT_SERVING, SERVING]);
  } finally {
    await patient.stop();
  }
});

test('behavior: Watch tells each change, and ends when the daemon stops', async () => {
  const seen: Status[] = [];
  const watch = async () => {
    for await (const { status } of createClient(Health, server.transport).watch({})) {
      seen.push(status);
      if (seen.length === 1) isAlive = false;
      if (seen.length === 2) isAlive = true;
      if (seen.length === 3) stopping.abort();
    }
  };
  const error = await watch().catch((cause: unknown) => cause);
  expect(seen).toEqual([Status.SERVING, Status.NOT_SERVING, Status.SERVING, Status.NOT_SERVING]);
  expect((error as ConnectError).code).toBe(Code.Unavailable);
});
