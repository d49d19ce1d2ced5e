import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { BaseError } from '@snetkit/core';
import { Health, HealthCheckResponse_ServingStatus as Status } from '@snetkit/protos/health';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type OwnServicesServer,
  startOwnServices,
  testHealth,
} from '../../test/services/start-own-services.ts';

let isAlive: boolean;
let stopping: AbortController;
let server: OwnServicesServer;

beforeEach(async () => {
  isAlive = true;
  stopping = new AbortController();
  server = await startOwnServices({
    health: testHealth({
      probe: {
        async check() {
          if (!isAlive) throw new BaseError('SERVICE_NOT_ALIVE', 'dead', { found: 'no answer' });
        },
      },
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

test('behavior: List tells the status of the whole server', async () => {
  isAlive = false;
  const reply = await createClient(Health, server.transport).list({});
  expect(reply.statuses).toMatchObject({ '': { status: Status.NOT_SERVING } });
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
