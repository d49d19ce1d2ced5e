import { type Abi, decodeErrorResult, type Hex } from 'viem';
import { RpcRefusal } from './rpc-refusal.ts';

/** Why a call was reverted; an empty reason is a revert without one. */
export interface Revert {
  readonly reason: string;
}

/**
 * Takes the reason of a revert out of the error of `eth_call` or `eth_estimateGas`; nothing when the
 * error is of another kind (a node reports a revert with code 3, older ones with -32000 or -32015).
 */
export function decodeRevert(error: unknown, abi: Abi): Revert | undefined {
  if (!(error instanceof RpcRefusal)) return undefined;
  const data = findData(error.data);
  const isRevert = error.rpcCode === 3 || /revert|invalid opcode|EVM error/i.test(error.rpcMessage);
  if (!isRevert && data === undefined) return undefined;
  if (data !== undefined && data !== '0x') return { reason: decode(data, abi) };
  return { reason: /revert(?:ed)?:?\s*(.*)$/is.exec(error.rpcMessage)?.[1]?.trim() ?? '' };
}

/** Providers put the data directly there, or into an object, or behind a word. */
function findData(data: unknown): Hex | undefined {
  if (typeof data === 'string') return /0x(?:[0-9a-fA-F]{2})*$/.exec(data)?.[0] as Hex | undefined;
  if (typeof data !== 'object' || data === null) return undefined;
  const { data: inner, result } = data as Record<string, unknown>;
  return findData(inner ?? result);
}

function decode(data: Hex, abi: Abi): string {
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi, data });
    if (errorName === 'Error') return String(args[0]);
    return `${errorName}(${args.map(String).join(', ')})`;
  } catch {
    return `error ${data.slice(0, 10)}`;
  }
}
