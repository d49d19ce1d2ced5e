import { hexToBytes, packFreeCallMessage, parseFreeCallToken, signMessage } from '@snetkit/core';
import { expect, test } from 'vitest';
import { requestOf, vector, vectorOptions, vectors } from '../../test/free-calls/vectors.ts';
import { checkFreeCall, checkTokenRequest, type RequestCheckOptions } from './check-request.ts';
import { FreeCallRefusal } from './refusal.ts';

const wallet = '0x101a018fe784bf01d538b5d4dfa311d047dba491';

function check(
  request: ReturnType<typeof requestOf>,
  options: RequestCheckOptions,
  onRecovery = () => {},
): string {
  const parsed = parseFreeCallToken(request.token);
  return checkFreeCall({ ...request, parsed }, options, onRecovery);
}

function refusalOf(run: () => unknown): FreeCallRefusal {
  try {
    run();
  } catch (cause) {
    if (cause instanceof FreeCallRefusal) return cause;
    throw cause;
  }
  throw new Error('it was admitted');
}

test.each(['free_call_get_token_web3', 'free_call_get_token_trusted_with_user_id'])(
  'default: vector %s asks for a token',
  (name) => {
    const request = requestOf(name);
    const signature = hexToBytes(vector(name).signatureGo_v0_1);
    expect(checkTokenRequest(request, vectorOptions(), () => {})).toBe(wallet);
    expect(checkTokenRequest({ ...request, signature }, vectorOptions(), () => {})).toBe(wallet);
  },
);

test.each([
  'free_call_request',
  'free_call_request_user_id',
  'free_call_request_lowercase_address',
])('default: vector %s is a free call', (name) => {
  expect(check(requestOf(name), vectorOptions())).toBe(wallet);
});

test('behavior: a token that was good before costs no recovery', () => {
  const options = vectorOptions();
  const counts = [0, 1, 2].map(() => {
    let recoveries = 0;
    check(requestOf('free_call_request'), options, () => {
      recoveries += 1;
    });
    return recoveries;
  });
  expect(counts).toEqual([2, 1, 1]);
});

test('behavior: what was remembered of one user, or one wallet, says nothing of another', () => {
  const options = vectorOptions();
  const good = requestOf('free_call_request_user_id');
  check(good, options);
  const wrong = [
    { key: 'A', userId: '' },
    { key: 'A', userId: 'other@example.com' },
    { key: 'B', userId: good.userId },
  ] as const;
  for (const { key, userId } of wrong) {
    const { address, privateKey } = vectors.keys[key]!;
    const call = { ...good, address, userId };
    const message = packFreeCallMessage({ ...call, ...options.terms });
    const signature = signMessage({ message, privateKey });
    expect(refusalOf(() => check({ ...call, signature }, options)).message).toBe(
      'token sign is not valid',
    );
  }
});

test('error: the old scheme is not taken', () => {
  const old = vector('OLD_v5_free_call_request');
  const request = {
    ...requestOf('free_call_request'),
    signature: hexToBytes(old.signatureWeb3_v27_28),
  };
  expect(refusalOf(() => check(request, vectorOptions())).message).toMatch(
    /^sign is not valid: unauthorized signer: 0x101A018fE784bF01d538b5d4dfA311d047DBA491 not equal 0x[0-9a-fA-F]{40}, maybe invalid signature struct$/,
  );
});

test('error: the group has no signer', () => {
  const { terms } = vectorOptions();
  const options = vectorOptions({ terms: { ...terms, signer: undefined } });
  expect(refusalOf(() => check(requestOf('free_call_request'), options))).toMatchObject({
    kind: 'signature',
    message: 'token sign is not valid',
  });
});

test('error: no block is known', () => {
  const clock = {
    current: () => {
      throw new Error('https://node.example/KEY does not answer');
    },
  };
  const options = vectorOptions({ clock });
  const expected = { kind: 'time', message: 'cannot determine current block' };
  expect(refusalOf(() => check(requestOf('free_call_request'), options))).toMatchObject(expected);
  const asked = refusalOf(() =>
    checkTokenRequest(requestOf('free_call_get_token_web3'), options, () => {}),
  );
  expect(asked).toMatchObject(expected);
});

test('behavior: a spelling of a megabyte does not come back', () => {
  const request = { ...requestOf('free_call_get_token_web3'), address: 'f'.repeat(2 ** 20) };
  const { message } = refusalOf(() => checkTokenRequest(request, vectorOptions(), () => {}));
  expect(message.length).toBeLessThan(200);
});
