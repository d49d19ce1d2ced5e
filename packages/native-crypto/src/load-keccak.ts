import { equalBytes, type Keccak256, keccak256 as portable, utf8ToBytes } from '@snetkit/core';
import { createKeccak } from 'hash-wasm';

/**
 * The driver over WebAssembly, or `undefined` where that cannot run or computes something else. One hasher
 * serves all: it is begun and ended within each call, which nothing can interrupt.
 */
export async function loadKeccak(create = createKeccak): Promise<Keccak256 | undefined> {
  try {
    const hasher = await create(256);
    const keccak: Keccak256 = (data) => hasher.init().update(data).digest('binary');
    return samples.every((data) => equalBytes(keccak(data), portable(data))) ? keccak : undefined;
  } catch {
    return undefined;
  }
}

/** Nothing, a piece of a block, and more than one block. */
const samples = [new Uint8Array(), utf8ToBytes('snetkit'), new Uint8Array(300).fill(7)];
