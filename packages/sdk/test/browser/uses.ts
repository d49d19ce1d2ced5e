// What a page does with each entry. Runs in the browser, bundled from the built packages; what is
// returned is compared outside.
import { createChainClient, escrowContract, getChainId, readContract } from '@snetkit/contracts';
import { privateKeySigner } from '@snetkit/contracts/signers';
import {
  bytesToHex,
  formatAmount,
  hexToBytes,
  packGetChannelStateMessage,
  privateKeyToAddress,
  recoverSigner,
  signMessage,
} from '@snetkit/core';
import {
  encodeFile,
  mapSource,
  packProtoArchive,
  readContent,
  unpackProtoArchive,
} from '@snetkit/metadata';
import {
  createMemoryLedger,
  createPaidStrategy,
  createPaymentInterceptor,
} from '@snetkit/payments';
import { compileProtos, findMethod } from '@snetkit/protos';
import * as configuration from '@snetkit/protos/configuration';
import * as control from '@snetkit/protos/control';
import * as health from '@snetkit/protos/health';
import * as pricing from '@snetkit/protos/pricing';
import * as state from '@snetkit/protos/state';
import * as token from '@snetkit/protos/token';
import * as training from '@snetkit/protos/training';
import { createConfig, SnetEngine } from '@snetkit/sdk';

const privateKey = `0x${'1'.padStart(64, '0')}` as const;
const mpe = '0x5e592F9b1d303183d963635f895f0f0C48284f4e';
const proto = `syntax = "proto3";
service Calculator { rpc add(Numbers) returns (Number); }
message Numbers { double a = 1; double b = 2; }
message Number { double value = 1; }
`;

export async function useCore() {
  const message = packGetChannelStateMessage({ mpe, channelId: 7n, block: 1n });
  const signature = signMessage({ message, privateKey: hexToBytes(privateKey) });
  return {
    amount: formatAmount(1_500_000_000_000_000_000n, { symbol: 'FET', decimals: 18 }),
    isSigner: recoverSigner({ message, signature }) === privateKeyToAddress(privateKey),
  };
}

/** Asks a chain at `rpcUrl` for channel 7; its calldata is looked at there. */
export async function useContracts(rpcUrl: string) {
  const chain = createChainClient({ rpcUrl });
  const call = escrowContract.read('channels', [7n]);
  const [nonce] = await readContract(chain, { address: mpe, call });
  return { chainId: await getChainId(chain), nonce };
}

export async function useSigners() {
  const signer = privateKeySigner(privateKey);
  const raw = await signer.signTransaction({
    type: 'legacy',
    chainId: 1,
    nonce: 0,
    gas: 21_000n,
    gasPrice: 1n,
    to: mpe,
    value: 0n,
    data: '0x',
  });
  const typed = await signer.signTypedData({
    domain: { name: 'test' },
    types: { Text: [{ name: 'value', type: 'string' }] },
    primaryType: 'Text',
    message: { value: 'hello' },
  });
  return { address: signer.address, raw, typed: bytesToHex(typed).slice(0, 10) };
}

export async function useProtos() {
  const registry = compileProtos(new Map([['calculator.proto', proto]]));
  return findMethod(registry, 'Calculator/add').input.fields.map(({ name }) => name);
}

export async function useServices() {
  const all = { configuration, control, health, pricing, state, token, training };
  return Object.fromEntries(
    Object.entries(all).map(([name, exported]) => [name, Object.keys(exported).length > 0]),
  );
}

export async function useMetadata() {
  const archive = await packProtoArchive(new Map([['calculator.proto', proto]]));
  const { cid, blocks } = await encodeFile(archive);
  const content = await readContent(mapSource(blocks), cid);
  const changed = new Map([[cid, new Uint8Array([...archive, 0])]]);
  const refused = await readContent(mapSource(changed), cid).then(
    () => 'nothing',
    ({ code }) => code,
  );
  return { files: [...(await unpackProtoArchive(content)).keys()], refused };
}

export async function usePayments() {
  const ledger = createMemoryLedger();
  const strategy = createPaidStrategy({
    chain: createChainClient({ rpcUrl: 'http://127.0.0.1:1' }),
    group: {
      chainId: 1,
      mpe,
      token: { symbol: 'FET', decimals: 18, address: mpe },
      recipient: mpe,
      groupId: `0x${'33'.repeat(32)}`,
      expirationThreshold: 1n,
      deploymentBlock: 0n,
    },
    ledger,
    signer: privateKeySigner(privateKey),
    funding: {},
    daemon: { unary: () => Promise.reject(), stream: () => Promise.reject() },
    getPrice: () => 1n,
  });
  return {
    interceptor: typeof createPaymentInterceptor(strategy),
    known: await ledger.list({ chainId: 1, mpe }),
  };
}

export async function useSdk() {
  const config = createConfig({
    network: 'sepolia',
    rpcUrl: 'http://127.0.0.1:1',
    accounts: [{ privateKey }],
  });
  await using engine = new SnetEngine(config);
  return { address: engine.getAccount().address, token: engine.token };
}
