import { ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { createChainClient, getBlockNumber, type Signer } from '@snetkit/contracts';
import { type ConfigurationMethod, packConfigurationMessage } from '@snetkit/core';
import {
  type ConfigurationResponse,
  ConfigurationService,
  type StatusResponse_Status as Status,
} from '@snetkit/protos/configuration';

/** What a request says; left out: what is right. */
export interface OperatorParts {
  readonly block?: bigint;
  /** Put in place of the right one. */
  readonly signature?: Uint8Array;
}

/** How a request was refused. */
export interface OperatorRefusal {
  readonly code: number;
  readonly text: string;
}

/** An operator, or whoever would like to be one, with a daemon to ask. */
export interface Operator {
  sign(method: ConfigurationMethod, block: bigint): Promise<Uint8Array>;
  getBlock(): Promise<bigint>;
  stop(parts?: OperatorParts): Promise<Status | OperatorRefusal>;
  start(parts?: OperatorParts): Promise<Status | OperatorRefusal>;
  isProcessing(parts?: OperatorParts): Promise<Status | OperatorRefusal>;
  getConfiguration(parts?: OperatorParts): Promise<ConfigurationResponse | OperatorRefusal>;
  update(
    updates: Record<string, string>,
    parts?: OperatorParts,
  ): Promise<ConfigurationResponse | OperatorRefusal>;
}

/** Connects a signer to the ConfigurationService of a daemon. */
export function createOperator(options: {
  endpoint: string;
  rpcUrl: string;
  signer: Signer;
}): Operator {
  const { endpoint, rpcUrl, signer } = options;
  const chain = createChainClient({ rpcUrl });
  const transport = createGrpcTransport({ baseUrl: endpoint, defaultTimeoutMs: 20_000 });
  const client = createClient(ConfigurationService, transport);
  const getBlock = () => getBlockNumber(chain);
  const sign = (method: ConfigurationMethod, block: bigint) =>
    signer.signMessage(packConfigurationMessage({ method, block }));

  async function authorize(method: ConfigurationMethod, parts: OperatorParts = {}) {
    const block = parts.block ?? (await getBlock());
    return {
      currentBlock: block,
      signature: parts.signature ?? (await sign(method, block)),
    };
  }

  async function tell<T>(asked: Promise<T>): Promise<T | OperatorRefusal> {
    try {
      return await asked;
    } catch (cause) {
      const { code, rawMessage: text } = ConnectError.from(cause);
      return { code, text };
    }
  }

  const statusOf = (reply: { currentProcessingStatus: Status }) => reply.currentProcessingStatus;
  return {
    sign,
    getBlock,
    stop: async (parts) => {
      const auth = await authorize('StopProcessingRequests', parts);
      return tell(client.stopProcessingRequests({ auth }).then(statusOf));
    },
    start: async (parts) => {
      const auth = await authorize('StartProcessingRequests', parts);
      return tell(client.startProcessingRequests({ auth }).then(statusOf));
    },
    isProcessing: async (parts) => {
      const auth = await authorize('IsDaemonProcessingRequests', parts);
      return tell(client.isDaemonProcessingRequests({ auth }).then(statusOf));
    },
    getConfiguration: async (parts) => {
      const auth = await authorize('GetConfiguration', parts);
      return tell(client.getConfiguration({ auth }));
    },
    update: async (updatedConfiguration, parts) => {
      const auth = await authorize('UpdateConfiguration', parts);
      return tell(client.updateConfiguration({ auth, updatedConfiguration }));
    },
  };
}
