import { secp256k1 } from '@noble/curves/secp256k1.js';
import { HDKey } from '@scure/bip32';
import { mnemonicToSeedSync } from '@scure/bip39';
import { keccak256, privateKeyToAddress, signHash } from '@snetkit/core';
import { vectors } from '../vectors.ts';

/** What a user can do with the device. */
export interface LedgerDeviceState {
  locked: boolean;
  /** Which application is open. */
  application: 'Ethereum' | 'Bitcoin' | 'dashboard';
  /** What the user presses when something is shown. */
  user: 'accepts' | 'refuses';
  /** Setting of the application: transactions with data, and hashes. */
  blindSigning: boolean;
}

/** A simulated Ledger with the Ethereum application, as far as this package speaks with it. */
export interface LedgerDevice {
  readonly state: LedgerDeviceState;
  /** What came in, in order. */
  readonly apdus: readonly Uint8Array[];
  /** What was shown to the user. */
  readonly shown: readonly string[];
  /** Answers one APDU; the last two bytes are the status. */
  handle(apdu: Uint8Array): Uint8Array;
}

const ok = 0x9000;

/** The device keeps to the source of Ledger's application, its habit with legacy transactions included. */
export function createLedgerDevice(
  mnemonic: string = vectors.accounts.mnemonic.phrase,
): LedgerDevice {
  const state: LedgerDeviceState = {
    ...{ locked: false, application: 'Ethereum', user: 'accepts', blindSigning: true },
  };
  const apdus: Uint8Array[] = [];
  const shown: string[] = [];
  const root = HDKey.fromMasterSeed(mnemonicToSeedSync(mnemonic));
  let pending: { key: Uint8Array; data: Buffer } | undefined;

  const derive = (data: Buffer): { key: Uint8Array; rest: Buffer } => {
    const count = data.readUInt8();
    if (count < 1 || count > 10 || data.length < 1 + 4 * count) throw new Status(0x6a80);
    let node = root;
    for (let at = 0; at < count; at++) node = node.deriveChild(data.readUInt32BE(1 + 4 * at));
    return { key: node.privateKey as Uint8Array, rest: data.subarray(1 + 4 * count) };
  };
  const show = (what: string) => {
    shown.push(what);
    if (state.user === 'refuses') throw new Status(0x6985);
  };
  /** v||r||s, as the device answers. */
  const sign = (hash: Uint8Array, key: Uint8Array, toV: (parity: number) => number) => {
    const signature = signHash(hash, key);
    return Buffer.concat([Buffer.of(toV((signature[64] ?? 27) - 27)), signature.subarray(0, 64)]);
  };
  const plainV = (parity: number) => 27 + parity;

  const getAddress = (p1: number, data: Buffer) => {
    const { key } = derive(data);
    const address = privateKeyToAddress(key);
    if (p1 === 1) show(`address ${address}`);
    // The uncompressed public key: HDKey has the compressed one only.
    const publicKey = Buffer.from(uncompressed(key));
    const text = Buffer.from(address.slice(2).toLowerCase());
    return Buffer.concat([Buffer.of(publicKey.length), publicKey, Buffer.of(text.length), text]);
  };

  const signTransaction = (p1: number, data: Buffer) => {
    if (p1 === 0) {
      const { key, rest } = derive(data);
      pending = { key, data: rest };
    } else if (p1 === 0x80 && pending) {
      pending = { ...pending, data: Buffer.concat([pending.data, data]) };
    } else throw new Status(0x6b00);
    const parsed = parseTransaction(pending.data);
    if (parsed === undefined) return Buffer.alloc(0);
    const { key } = pending;
    pending = undefined;
    if (parsed.hasData && !state.blindSigning) throw new Status(0x6a80);
    show('a transaction');
    return sign(keccak256(parsed.signed), key, parsed.toV);
  };

  const signMessage = (data: Buffer) => {
    const { key, rest } = derive(data);
    const length = rest.readUInt32BE();
    const message = rest.subarray(4);
    if (message.length !== length) throw new Status(0x6a80);
    show(`message ${message.toString('hex')}`);
    const prefix = Buffer.from(`\x19Ethereum Signed Message:\n${length}`);
    return sign(keccak256(Buffer.concat([prefix, message])), key, plainV);
  };

  const signTypedData = (data: Buffer) => {
    const { key, rest } = derive(data);
    if (rest.length !== 64) throw new Status(0x6a80);
    if (!state.blindSigning) throw new Status(0x6a80);
    show(`domain ${rest.toString('hex', 0, 32)} message ${rest.toString('hex', 32)}`);
    return sign(keccak256(Buffer.concat([Buffer.of(0x19, 1), rest])), key, plainV);
  };

  const run = (apdu: Buffer): Buffer => {
    if (state.locked) throw new Status(0x5515);
    const [cla, ins, p1 = 0] = apdu;
    const data = apdu.subarray(5);
    if (apdu.length < 5 || apdu[4] !== data.length) throw new Status(0x6700);
    if (state.application === 'dashboard') throw new Status(0x6e01);
    if (cla !== 0xe0 || state.application === 'Bitcoin') throw new Status(0x6e00);
    if (ins === 0x02) return getAddress(p1, data);
    if (ins === 0x04) return signTransaction(p1, data);
    if (ins === 0x08) return signMessage(data);
    if (ins === 0x0c) return signTypedData(data);
    throw new Status(0x6d00);
  };

  return {
    ...{ state, apdus, shown },
    handle(apdu) {
      apdus.push(Uint8Array.from(apdu));
      const status = Buffer.alloc(2);
      try {
        const answer = run(Buffer.from(apdu));
        status.writeUInt16BE(ok);
        return Buffer.concat([answer, status]);
      } catch (error) {
        if (!(error instanceof Status)) throw error;
        pending = undefined;
        status.writeUInt16BE(error.word);
        return status;
      }
    },
  };
}

class Status extends Error {
  readonly word: number;
  constructor(word: number) {
    super(`status ${word.toString(16)}`);
    this.word = word;
  }
}

interface ParsedTransaction {
  readonly signed: Buffer;
  readonly hasData: boolean;
  readonly toV: (parity: number) => number;
}

/** Undefined until enough has come in. */
function parseTransaction(data: Buffer): ParsedTransaction | undefined {
  const typed = data[0] === 2;
  const list = readItem(data, typed ? 1 : 0);
  if (list === undefined) return undefined;
  const items: Buffer[] = [];
  let at = list.start;
  while (at < Math.min(list.end, data.length)) {
    const item = readItem(data, at);
    if (item === undefined || item.end > data.length) break;
    items.push(data.subarray(item.start, item.end));
    at = item.end;
  }
  const whole = data.length >= list.end;
  if (typed) {
    if (!whole) return undefined;
    return { signed: data, hasData: items[7]?.length !== 0, toV: (parity) => parity };
  }
  const hasData = items[5]?.length !== 0;
  // Nothing is left and the field is v: the application takes the transaction for one without EIP-155,
  // whether more would have come or not.
  if (items.length === 6) return { signed: data, hasData, toV: (parity) => 27 + parity };
  if (!whole) return undefined;
  const chainId = Number.parseInt(items[6]?.toString('hex') || '0', 16);
  return { signed: data, hasData, toV: (parity) => (chainId * 2 + 35 + parity) % 256 };
}

/** Where the content of an RLP item starts and ends; undefined when its head is not there yet. */
function readItem(data: Buffer, at: number): { start: number; end: number } | undefined {
  const head = data[at];
  if (head === undefined) return undefined;
  if (head < 0x80) return { start: at, end: at + 1 };
  const short = head < 0xc0 ? head - 0x80 : head - 0xc0;
  if (short <= 55) return { start: at + 1, end: at + 1 + short };
  const size = short - 55;
  if (data.length < at + 1 + size) return undefined;
  const start = at + 1 + size;
  return { start, end: start + data.readUIntBE(at + 1, size) };
}

function uncompressed(key: Uint8Array): Uint8Array {
  return secp256k1.getPublicKey(key, false);
}
