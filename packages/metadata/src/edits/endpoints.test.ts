import type { JsonObject } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { groupName, service } from '../../test/edit-documents.ts';
import { peek } from '../documents/peek.ts';
import { addDaemonAddress } from './add-daemon-address.ts';
import { addEndpoint } from './add-endpoint.ts';
import { removeDaemonAddress } from './remove-daemon-address.ts';
import { removeEndpoint } from './remove-endpoint.ts';
import { setDaemonAddresses } from './set-daemon-addresses.ts';
import { setEndpoints } from './set-endpoints.ts';

const first = 'http://node1.naint.tech:62400';
const second = 'https://[2001:db8::1]:7000/path';
const endpoints = (document: JsonObject) => peek(document, 'groups', 0, 'endpoints');

describe('endpoints', () => {
  test('default', () => {
    const added = addEndpoint(service(), { groupName, endpoint: second });
    expect(endpoints(added)).toEqual([first, second]);
    expect(removeEndpoint(added, { groupName, endpoint: second })).toEqual(service());
    expect(endpoints(setEndpoints(added, { groupName, endpoints: [second] }))).toEqual([second]);
  });

  test('behavior: a group without the list gets one', () => {
    const path = '/groups/0/endpoints';
    const without = service({ path, remove: true });
    expect(endpoints(addEndpoint(without, { groupName, endpoint: second }))).toEqual([second]);
  });

  test('error: listed already', async () => {
    const error = await catchError(() => addEndpoint(service(), { groupName, endpoint: first }));
    expect(error.message).toBe(`The endpoint is listed already.
Place: service metadata, /groups/0/endpoints/0
Found: ${first}`);
  });

  test('error: not listed', async () => {
    const error = await catchError(() =>
      removeEndpoint(service(), { groupName, endpoint: second }),
    );
    expect(error.message).toBe(`The endpoint is not listed.
Place: service metadata, /groups/0/endpoints
Expected: one of ${first}
Found: ${second}`);
  });

  test('error: the last one', async () => {
    const error = await catchError(() => removeEndpoint(service(), { groupName, endpoint: first }));
    expect(error.shortMessage).toBe('The document would not work any more.');
    const empty = setEndpoints(service(), { groupName, endpoints: [] }, { incomplete: true });
    expect(endpoints(empty)).toEqual([]);
  });

  test('error: given twice', async () => {
    const twice = [second, first, second];
    const error = await catchError(() => setEndpoints(service(), { groupName, endpoints: twice }));
    expect(error.message).toBe(`The endpoint is given twice.
Place: service metadata, /groups/0/endpoints/2
Found: ${second}`);
  });

  test.each([
    'example.org:7000',
    'ftp://example.org',
    'https://',
    'https://a:port',
    'https://a b',
    'https://a:70000',
    '',
  ])('error: %j is none', async (endpoint) => {
    const error = await catchError(() => addEndpoint(service(), { groupName, endpoint }));
    expect(error.message).toBe(`This is not an endpoint.
Place: service metadata, /groups/0/endpoints
Expected: a URL with http or https, a host, and perhaps a port
Found: ${JSON.stringify(endpoint)}
Fix: Write it in full, such as https://example.org:7000.`);
  });
});

describe('daemon addresses', () => {
  const listed = '0x0709e9b78756b740ab0c64427f43f8305fd6d1a7';
  const other = '0x464c564e427fA7A715922D9E0373a5D90589E021';
  const addresses = (document: JsonObject) => peek(document, 'groups', 0, 'daemon_addresses');

  test('default', () => {
    const added = addDaemonAddress(service(), { groupName, address: other.toLowerCase() });
    expect(addresses(added)).toEqual([listed, other]);
    expect(
      removeDaemonAddress(added, { groupName, address: other.toUpperCase().replace('0X', '0x') }),
    ).toEqual(service());
    expect(addresses(setDaemonAddresses(added, { groupName, addresses: [] }))).toEqual([]);
  });

  test('error: listed already, in other letters', async () => {
    const address = '0x0709e9B78756B740ab0C64427f43f8305fD6D1A7';
    const error = await catchError(() => addDaemonAddress(service(), { groupName, address }));
    expect(error.place).toBe('service metadata, /groups/0/daemon_addresses/0');
  });

  test('error: no address', async () => {
    const error = await catchError(() =>
      setDaemonAddresses(service(), { groupName, addresses: [other, 'x'] }),
    );
    expect([error.code, error.place]).toEqual([
      'ADDRESS_INVALID',
      'service metadata, /groups/0/daemon_addresses/1',
    ]);
  });
});
