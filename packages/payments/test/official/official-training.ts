import type { MessageInitShape } from '@bufbuild/protobuf';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { type ChainClient, getBlockNumber } from '@snetkit/contracts';
import { packTrainingMessage, parseTrainHeaders, recoverSigner, sameAddress } from '@snetkit/core';
import {
  type AuthorizationDetails,
  type Daemon,
  type ModelResponseSchema,
  Status,
} from '@snetkit/protos/training';
import { type OfficialLedger, OfficialRefusal } from './official-ledger.ts';

/** A model as the official daemon keeps it. Prices in cogs, undefined while nobody has asked. */
export interface OfficialModel {
  status: Status;
  name: string;
  description: string;
  readonly grpcServiceName: string;
  readonly grpcMethodName: string;
  addressList: string[];
  readonly isPublic: boolean;
  readonly createdBy: string;
  trainingDataLink: string;
  validatePrice?: bigint;
  trainPrice?: bigint;
  /** What was uploaded. */
  data: Uint8Array[];
}

/** What training costs, and what datasets may be. */
export interface OfficialTrainingTerms {
  readonly chain: ChainClient;
  readonly ledger: OfficialLedger;
  validatePrice: bigint;
  trainPrice: bigint;
  datasetMaxSizeMb: bigint;
}

/** The service, and what it keeps. */
export interface OfficialTraining {
  readonly service: ServiceImpl<typeof Daemon>;
  readonly models: ReadonlyMap<string, OfficialModel>;
  /** Prices that the provider asks for from now on. */
  readonly terms: OfficialTrainingTerms;
  /** Signed texts, as they came. */
  readonly messages: readonly string[];
}

const unified = ['validate_model_price', 'train_model_price', 'get_all_models', 'get_model'];
type GetHeader = Parameters<typeof parseTrainHeaders>[0];

/** `training.Daemon` as protocol/daemon.md 1.6, 3.12, 4.5 and 11.3 describe it, with a provider inside. */
export function createOfficialTraining(
  terms: OfficialTrainingTerms,
  readHeaders: (context: HandlerContext) => GetHeader,
): OfficialTraining {
  const models = new Map<string, OfficialModel>();
  const messages: string[] = [];

  /** 3.12. @returns the signer */
  async function authorize(
    method: string,
    details: AuthorizationDetails | undefined,
  ): Promise<string> {
    if (details === undefined) throw refuse('invalid request: no authorization provided');
    const { message, currentBlock, signature, signerAddress } = details;
    messages.push(message);
    const isUnified = message === 'unified' && unified.includes(method);
    if (!isUnified && message.toLowerCase() !== method) {
      throw refuse(`unsupported message: ${message} for this method`);
    }
    const signed = packTrainingMessage({ message, signer: signerAddress, block: currentBlock });
    if (
      !sameAddress(recoverSigner({ message: signed, signature }), signerAddress as `0x${string}`)
    ) {
      throw refuse(
        `the address: ${signerAddress} does not match to what has been expected / registered`,
      );
    }
    const behind = (await getBlockNumber(terms.chain)) - currentBlock;
    const window = isUnified ? 600n : 5n;
    if (behind > window || behind < -window) {
      throw refuse('authentication failed as the signature passed has expired');
    }
    return signerAddress.toLowerCase();
  }

  /** Some methods tell the cause, some hide it. */
  async function authorizeFor(
    method: string,
    details: AuthorizationDetails | undefined,
  ): Promise<string> {
    try {
      return await authorize(method, details);
    } catch (error) {
      if (!(error instanceof OfficialRefusal)) throw error;
      const hides = ['create_model', 'get_all_models', 'get_model'].includes(method);
      throw refuse(
        hides
          ? 'invalid request: bad authorization provided'
          : `unable to access model: ${error.message}`,
      );
    }
  }

  function find(modelId: string): OfficialModel {
    const model = models.get(modelId);
    if (model !== undefined) return model;
    throw refuse(
      `daemon storage error: error in getting data from model storage: model data doesn't exist for modelID: ${modelId}`,
    );
  }

  function findOwn(modelId: string, signer: string): OfficialModel {
    const model = find(modelId);
    if (model.createdBy === signer) return model;
    throw refuse('error in updating model state: only owner can change the model state');
  }

  /** 4.5: payment by the header's model, before the request is looked at. */
  async function pay<T>(
    context: HandlerContext,
    price: 'validatePrice' | 'trainPrice',
    serve: () => Promise<T>,
  ): Promise<T> {
    const { modelId, ...payment } = parseTrainHeaders(readHeaders(context));
    const wanted = models.get(modelId ?? '')?.[price];
    if (wanted === undefined) {
      throw new OfficialRefusal(
        13,
        'internal error: [trainUnaryValidator] no training model found',
      );
    }
    const transaction = await terms.ledger.begin(payment, wanted);
    try {
      const reply = await serve();
      transaction.commit();
      return reply;
    } catch (error) {
      transaction.rollback();
      throw error;
    }
  }

  function describe(
    modelId: string,
    model: OfficialModel,
  ): MessageInitShape<typeof ModelResponseSchema> {
    const { createdBy, validatePrice: _, trainPrice: _train, data: _data, ...rest } = model;
    const dates = { createdDate: '21-11-2026', updatedDate: '21-11-2026' };
    return { ...rest, ...dates, modelId, createdByAddress: createdBy, updatedByAddress: createdBy };
  }

  const service: ServiceImpl<typeof Daemon> = {
    async create_model({ authorization, model }) {
      const signer = await authorizeFor('create_model', authorization);
      if (!model?.grpcServiceName || !model.grpcMethodName) {
        throw refuse('invalid request: no grpc_service_name or grpc_method_name provided');
      }
      const { name, description, grpcServiceName, grpcMethodName, isPublic } = model;
      const modelId = `model_${models.size + 1}`;
      const created: OfficialModel = {
        status: Status.CREATED,
        name,
        description,
        grpcServiceName,
        grpcMethodName,
        isPublic,
        addressList: [...model.addressList, signer],
        createdBy: signer,
        trainingDataLink: '',
        data: [],
      };
      models.set(modelId, created);
      return describe(modelId, created);
    },
    async validate_model_price({ authorization, modelId }) {
      const model = findOwn(modelId, await authorizeFor('validate_model_price', authorization));
      model.validatePrice = terms.validatePrice;
      return { price: model.validatePrice };
    },
    async train_model_price({ authorization, modelId }) {
      const model = findOwn(modelId, await authorizeFor('train_model_price', authorization));
      model.trainPrice = terms.trainPrice;
      return { price: model.trainPrice };
    },
    validate_model: ({ authorization, modelId, trainingDataLink }, context) =>
      pay(context, 'validatePrice', async () => {
        const model = findOwn(modelId, await authorizeFor('validate_model', authorization));
        Object.assign(model, { trainingDataLink, status: Status.VALIDATING });
        return { status: model.status };
      }),
    upload_and_validate: (requests, context) =>
      pay(context, 'validatePrice', async () => {
        let model: OfficialModel | undefined;
        for await (const { authorization, uploadInput } of requests) {
          const signer = await authorizeFor('upload_and_validate', authorization);
          if (uploadInput === undefined) throw refuse('invalid request: no upload input');
          const { modelId, data, batchNumber, batchCount, fileSize } = uploadInput;
          model = findOwn(modelId, signer);
          model.data.push(data);
          if (batchNumber !== BigInt(model.data.length)) throw refuse(`batch ${batchNumber}`);
          const size = model.data.reduce((sum, one) => sum + one.length, 0);
          if (batchNumber === batchCount && BigInt(size) !== fileSize) throw refuse('wrong size');
          model.status = Status.VALIDATING;
        }
        return { status: model?.status ?? Status.ERRORED };
      }),
    train_model: ({ authorization, modelId }, context) =>
      pay(context, 'trainPrice', async () => {
        const model = findOwn(modelId, await authorizeFor('train_model', authorization));
        model.status = Status.TRAINING;
        return { status: model.status };
      }),
    async get_model({ authorization, modelId }) {
      const signer = await authorizeFor('get_model', authorization);
      const model = find(modelId);
      const isOpen =
        model.isPublic || model.addressList.some((one) => one.toLowerCase() === signer);
      if (isOpen) return describe(modelId, model);
      throw refuse(`user ${signer}, does not have access to model Id ${modelId}`);
    },
    async get_all_models({ authorization, ...filter }) {
      const signer = await authorizeFor('get_all_models', authorization);
      const found = [...models].filter(
        ([, { isPublic, createdBy, status, name, grpcMethodName }]) =>
          (isPublic
            ? filter.isPublic !== false
            : filter.isPublic !== true && createdBy === signer) &&
          (filter.statuses.length === 0 || filter.statuses.includes(status)) &&
          name.toLowerCase().includes(filter.name.toLowerCase()) &&
          grpcMethodName.includes(filter.grpcMethodName) &&
          createdBy.includes(filter.createdByAddress.toLowerCase()),
      );
      const size = Math.max(1, Number(filter.pageSize));
      const start = Number(filter.page) * size;
      const isPaged = filter.page > 0n || filter.pageSize > 0n;
      const page = isPaged ? found.slice(start, start + size) : found;
      return { listOfModels: page.map(([modelId, model]) => describe(modelId, model)) };
    },
    async update_model({ authorization, modelId, modelName, description, addressList }) {
      const model = findOwn(modelId, await authorizeFor('update_model', authorization));
      Object.assign(model, {
        addressList,
        ...(modelName !== undefined && { name: modelName }),
        ...(description !== undefined && { description }),
      });
      return describe(modelId, model);
    },
    async delete_model({ authorization, modelId }) {
      const model = findOwn(modelId, await authorizeFor('delete_model', authorization));
      model.status = Status.DELETED;
      return { status: model.status };
    },
    async get_training_metadata() {
      const value = (text: string) => ({ kind: { case: 'stringValue' as const, value: text } });
      return {
        trainingEnabled: true,
        trainingInProto: true,
        trainingMethods: { TextService: { values: [value('Detect')] } },
      };
    },
    async get_method_metadata({ modelId, grpcMethodName }) {
      // An unknown model ends the official process (daemon.md 10.4, item 15).
      if (modelId !== '' && !models.has(modelId)) throw new Error('the daemon is gone');
      if (modelId === '' && grpcMethodName !== 'Detect') return {};
      const { datasetMaxSizeMb } = terms;
      return { datasetMaxSizeMb, datasetFilesType: 'txt', datasetType: 'zip' };
    },
  };
  return { service, models, messages, terms };
}

function refuse(message: string): OfficialRefusal {
  return new OfficialRefusal(2, message);
}
