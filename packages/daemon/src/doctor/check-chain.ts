import { getBlockNumber, getChainId } from '@snetkit/contracts';
import { BaseError } from '@snetkit/core';
import { sendChainRequest } from '../chain/send-chain-request.ts';
import type { Check, Finding } from './finding.ts';
import { after } from './not-before.ts';
import type { World } from './world.ts';

/** Seconds that the latest block may be old before somebody should look: ten blocks of the main network. */
const oldSeconds = 120;
/** Seconds that a block may lie in the future: what nodes themselves allow. */
const futureSeconds = 15;

/** The node of the chain: whether it answers, on which chain it is, and whether its time is ours. */
export function checkChain(world: World): readonly Check[] {
  const { config, network } = world;
  return [
    {
      name: 'node',
      async run(signal) {
        const start = performance.now();
        const block = await getBlockNumber(await world.client(), { signal });
        const { host } = new URL(config.ethereum_json_rpc_http_endpoint ?? '');
        const ms = Math.round(performance.now() - start);
        return { status: 'ok', text: `${host} answered in ${ms} ms: block ${block}` };
      },
    },
    {
      name: 'chain',
      async run(signal) {
        const chainId = await after('node', getChainId(await world.client(), { signal }));
        const text = `chain id ${chainId}, network ${network.name}`;
        if (chainId === network.chainId) return { status: 'ok', text };
        return {
          status: 'fail',
          text: `the node is on chain ${chainId}, network ${network.name} is chain ${network.chainId}`,
          fix: 'Set ethereum_json_rpc_http_endpoint to a node of the network, or select its network.',
        };
      },
    },
    {
      name: 'clock',
      run: async (signal) => checkClock(await after('node', readBlockTime(world, signal))),
    },
  ];
}

async function readBlockTime(world: World, signal: AbortSignal): Promise<number> {
  const request = { method: 'eth_getBlockByNumber', params: ['latest', false] };
  const block = await sendChainRequest(await world.client(), request, { signal });
  const { timestamp } = (block ?? {}) as { timestamp?: unknown };
  if (typeof timestamp === 'string' && /^0x[0-9a-f]{1,12}$/i.test(timestamp)) {
    return Number(timestamp);
  }
  throw new BaseError('RPC_ANSWER_INVALID', 'The chain answered no block.', {
    place: 'eth_getBlockByNumber',
    expected: 'a timestamp',
  });
}

/** Compares the time of the latest block, in seconds, with this machine's. */
export function checkClock(blockSeconds: number, nowMs = Date.now()): Finding {
  const age = Math.round(nowMs / 1_000 - blockSeconds);
  if (age < -futureSeconds) {
    return {
      status: 'fail',
      text: `the latest block is ${-age} s ahead of this machine's clock`,
      fix: 'Set the clock, and keep it right (systemd-timesyncd, chrony).',
    };
  }
  if (age <= oldSeconds)
    return { status: 'ok', text: `the latest block is ${Math.max(0, age)} s old` };
  return {
    status: 'warn',
    text: `the latest block is ${age} s old`,
    fix: 'Set the clock of this machine, or use a node that keeps up; on a chain of your own it may be idle.',
  };
}
