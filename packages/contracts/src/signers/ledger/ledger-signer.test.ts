import { inspect } from 'node:util';
import { bytesToHex, hexToBytes, keccak256 } from '@snetkit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failure } from '../../../test/failure.ts';
import { createLedgerDevice, type LedgerDeviceState } from '../../../test/signers/ledger-device.ts';
import { connectLedger } from '../../../test/signers/ledger-transport.ts';
import {
  address,
  claims,
  permit,
  privateKey,
  transactions,
} from '../../../test/signers/samples.ts';
import { vectors } from '../../../test/vectors.ts';
import { type LedgerTransport, ledgerSigner } from '../ledger.ts';
import { privateKeySigner } from '../private-key-signer.ts';
import type { UnsignedTransaction } from '../signer.ts';

const [claim] = claims as [(typeof claims)[number]];
const [legacy, eip1559] = transactions.map(({ asked }) => asked) as [
  UnsignedTransaction,
  UnsignedTransaction,
];

async function connect(state: Partial<LedgerDeviceState> = {}) {
  const device = createLedgerDevice();
  const transport = connectLedger(device);
  const signer = await ledgerSigner({ transport });
  Object.assign(device.state, state);
  return { device, transport, signer };
}

describe('APDUs', () => {
  const { get_address_apdu, path_bytes, sign_personal_message_apdu } = vectors.ledger;

  test('default: the address', async () => {
    const { device } = await connect();
    expect(device.apdus.map(bytesToHex)).toEqual([get_address_apdu]);
    expect(device.shown).toEqual([]);
  });

  test('default: a message is its hash', async () => {
    const { device, signer } = await connect();
    const { message_hex, apdu } = sign_personal_message_apdu;
    const { packed } = claims.find(
      (one) => bytesToHex(keccak256(one.packed)) === message_hex,
    ) as (typeof claims)[number];
    await signer.signMessage(packed);
    expect(bytesToHex(device.apdus[1] as Uint8Array)).toBe(apdu);
    expect(device.shown).toEqual([`message ${message_hex.slice(2)}`]);
  });

  test('default: a transaction in parts', async () => {
    const { device, signer } = await connect();
    for (const asked of [legacy, eip1559]) {
      await signer.signTransaction({ ...asked, data: `0x${'5a'.repeat(600)}` });
      const parts = device.apdus.slice(-3);
      expect(parts.map((part) => bytesToHex(part.subarray(0, 4)))).toEqual([
        '0xe0040000',
        '0xe0048000',
        '0xe0048000',
      ]);
      for (const part of parts) expect(part[4]).toBe(part.length - 5);
      expect(bytesToHex(parts[0]?.subarray(5, 26) ?? new Uint8Array())).toBe(
        `0x05${path_bytes.slice(2)}`,
      );
    }
  });

  test('default: structured data is two hashes', async () => {
    const { device, signer } = await connect();
    await signer.signTypedData(permit);
    const [, apdu] = device.apdus as [Uint8Array, Uint8Array];
    expect(bytesToHex(apdu.subarray(0, 5))).toBe('0xe00c000055');
    expect(device.shown).toHaveLength(1);
  });
});

describe('ledgerSigner', () => {
  test('args: index and path', async () => {
    const transport = connectLedger(createLedgerDevice());
    for (const { index, path, address } of vectors.accounts.mnemonic.addresses) {
      expect((await ledgerSigner({ transport, index })).address).toBe(address);
      expect((await ledgerSigner({ transport, path })).address).toBe(address);
    }
  });

  test('args: confirmAddress', async () => {
    const device = createLedgerDevice();
    const transport = connectLedger(device);
    await ledgerSigner({ transport, confirmAddress: true });
    expect(device.shown).toEqual([`address ${address}`]);
    device.state.user = 'refuses';
    const error = await failure(ledgerSigner({ transport, confirmAddress: true }));
    expect(error.message).toBe(`The user refused the address on the device.
Place: Ledger
Found: status 0x6985`);
  });

  test('args: address', async () => {
    const transport = connectLedger(createLedgerDevice());
    await ledgerSigner({ transport, address: address.toLowerCase() });
    const error = await failure(ledgerSigner({ transport, address, index: 1 }));
    expect(error.code).toBe('SIGNER_ANSWER_INVALID');
    expect(error.message).toBe(`The device has another account at this path.
Place: Ledger
Expected: ${address}
Found: 0x70997970C51812dc3A010C7d01b50e0d17dc79C8
Fix: check the device, the index and the path`);
  });

  test('behavior: a transaction of any length and chain is signed with its chain id', async () => {
    const { signer } = await connect();
    const local = privateKeySigner(privateKey);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(legacy, eip1559),
        // Around every end of a packet.
        fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 175, max: 215 })),
        fc.constantFrom(1, 100, 137, 31337, 11155111, 2 ** 40),
        async (asked, length, chainId) => {
          const data = `0x${'5a'.repeat(length)}` as const;
          const transaction = { ...asked, data, chainId };
          expect(await signer.signTransaction(transaction)).toBe(
            await local.signTransaction(transaction),
          );
        },
      ),
      { numRuns: 80 },
    );
  });

  test('behavior: several signatures at once go to the device one after the other', async () => {
    const { signer } = await connect();
    const data = `0x${'5a'.repeat(700)}` as const;
    const raws = await Promise.all(
      [1, 2, 3, 4].map((nonce) => signer.signTransaction({ ...eip1559, nonce, data })),
    );
    expect(new Set(raws).size).toBe(4);
    expect(bytesToHex(await signer.signMessage(claim.packed))).toBe(claim.signature);
  });

  const notOpen = 'The Ethereum application is not open on the device.';
  const troubles: readonly [string, Partial<LedgerDeviceState>, string, string][] = [
    ['refused', { user: 'refuses' }, 'SIGNER_REFUSED', 'The user refused a message on the device.'],
    ['locked', { locked: true }, 'SIGNER_UNAVAILABLE', 'The device is locked.'],
    ['another application', { application: 'Bitcoin' }, 'SIGNER_UNAVAILABLE', notOpen],
    ['no application', { application: 'dashboard' }, 'SIGNER_UNAVAILABLE', notOpen],
  ];
  test.each(troubles)('error: %s, and well again after that', async (_, state, code, message) => {
    const { device, signer } = await connect();
    const before = { ...device.state };
    Object.assign(device.state, state);
    const error = await failure(signer.signMessage(claim.packed));
    expect(error.code).toBe(code);
    expect(error.shortMessage).toBe(message);
    Object.assign(device.state, before);
    expect(bytesToHex(await signer.signMessage(claim.packed))).toBe(claim.signature);
  });

  test('error: a transaction with data where blind signing is off', async () => {
    const { signer } = await connect({ blindSigning: false });
    expect((await failure(signer.signTransaction(eip1559))).message).toBe(
      `The device does not accept a transaction.
Place: Ledger
Found: status 0x6a80
Fix: allow blind signing in the settings of the Ethereum application`,
    );
    await signer.signTransaction({ ...eip1559, data: '0x' });
  });

  test('error: a refusal in the middle of a transaction leaves nothing behind', async () => {
    const { device, signer } = await connect({ user: 'refuses' });
    const long = { ...eip1559, data: `0x${'5a'.repeat(700)}` } as const;
    expect((await failure(signer.signTransaction(long))).code).toBe('SIGNER_REFUSED');
    device.state.user = 'accepts';
    const expected = await privateKeySigner(privateKey).signTransaction(long);
    expect(await signer.signTransaction(long)).toBe(expected);
  });

  test('error: another device in the place of the first', async () => {
    const devices = [
      createLedgerDevice(),
      createLedgerDevice(`${'abandon '.repeat(11)}about`),
    ] as const;
    let current: (typeof devices)[number] = devices[0];
    const transport = connectLedger({ ...devices[0], handle: (apdu) => current.handle(apdu) });
    const signer = await ledgerSigner({ transport });
    current = devices[1];
    const works = [
      signer.signMessage(claim.packed),
      signer.signTypedData(permit),
      signer.signTransaction(legacy),
    ];
    for (const error of await Promise.all(works.map(failure))) {
      expect(error.code).toBe('SIGNER_ANSWER_INVALID');
      expect(error.message).toBe(`The answer is no signature of this account over what was asked.
Place: Ledger
Expected: a signature of ${address}`);
    }
  });

  const answers: readonly [string, Uint8Array, string][] = [
    ['nothing', hexToBytes('0x9000'), 'no public key and address'],
    [
      'noise',
      hexToBytes(`0x41${'00'.repeat(65)}28${'30'.repeat(40)}9000`),
      'an address that is not',
    ],
  ];
  test.each(answers)('error: an address that is %s', async (_, answer, text) => {
    const transport: LedgerTransport = { send: async () => answer };
    const error = await failure(ledgerSigner({ transport }));
    expect(error.code).toBe('SIGNER_ANSWER_INVALID');
    expect(error.message).toContain(text);
  });

  test('error: the device is gone', async () => {
    const secret = privateKey.slice(2);
    const transport: LedgerTransport = {
      send: () => Promise.reject(new TypeError(`cannot write to HID device ${secret}`)),
    };
    const error = await failure(ledgerSigner({ transport }));
    expect(error.code).toBe('SIGNER_UNAVAILABLE');
    expect(error.hint).toBe('connect the device, unlock it, and close other programs that use it');
    expect(inspect(error)).not.toContain(secret);
  });

  test('error: nobody answers in time, or whoever asked goes away', async () => {
    const transport: LedgerTransport = { send: () => new Promise(() => {}) };
    const late = await failure(ledgerSigner({ transport, timeoutMs: 1 }));
    expect(late.message).toBe('Asking the device for the address took longer than 1 ms.');
    const controller = new AbortController();
    const leaving = failure(
      ledgerSigner({ transport: { ...transport }, signal: controller.signal }),
    );
    controller.abort();
    expect((await leaving).code).toBe('ABORTED');
  });

  test('behavior: who gave up while others had their turn shows nothing on the device', async () => {
    const device = createLedgerDevice();
    const inner = connectLedger(device);
    const { promise: opened, resolve: open } = Promise.withResolvers<void>();
    const transport: LedgerTransport = {
      async send(...apdu) {
        await opened;
        return inner.send(...apdu);
      },
    };
    const controller = new AbortController();
    const first = ledgerSigner({ transport });
    const second = failure(
      ledgerSigner({ transport, confirmAddress: true, signal: controller.signal }),
    );
    controller.abort();
    expect((await second).code).toBe('ABORTED');
    open();
    const signer = await first;
    await signer.signMessage(claim.packed);
    expect(device.shown.filter((text) => text.startsWith('address'))).toEqual([]);
  });
});
