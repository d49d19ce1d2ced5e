import {
  create,
  type DescMethod,
  type DescMethodUnary,
  type FileRegistry,
  type Message,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import { parseAddress, type Token } from '@snetkit/core';
import type { TrainingTerms } from '@snetkit/payments';
import { findMethod } from '@snetkit/protos';
import { Daemon, UploadAndValidateRequestSchema } from '@snetkit/protos/training';
import type { CallOptions } from '../calls/call-options.ts';
import { type PreparedCall, runClientStream, runUnary } from '../calls/run-call.ts';
import type { Connection } from '../platform/platform.ts';
import { askDaemon } from './ask-daemon.ts';
import { Authorizer, type AuthorizerOptions } from './authorizer.ts';
import { checkDataset, type Dataset, pieceBytes, readPieces, sizeOf } from './dataset.ts';
import { fromStatus, type Model, type ModelStatus, toModel, toStatus } from './model.ts';
import { isStale, toTrainingError } from './training-error.ts';
import type {
  AskOptions,
  CreateModelOptions,
  ListModelsOptions,
  MethodMetadata,
  PaidTrainingOptions,
  TrainingMetadata,
  UpdateModelOptions,
  UploadOptions,
  ValidateOptions,
} from './training-options.ts';

/** Where training is asked for, by whom, and how it is paid. */
export interface TrainingPlace extends AuthorizerOptions {
  readonly registry: FileRegistry;
  readonly token: Token;
  /** The daemon's own services, without payment. */
  readonly daemon: Connection;
  /** Aborted when the client is closed. */
  readonly closed: AbortSignal;
  /** Readies a paid call. */
  prepare(method: DescMethod, terms: TrainingTerms, options: CallOptions): PreparedCall;
}

type Unauthorized<Method extends DescMethodUnary> = Omit<
  MessageInitShape<Method['input']>,
  'authorization' | '$typeName' | '$unknown'
>;

const methods = Daemon.method;

/**
 * Models that a service trains on the account's data (sdk.md, section 2.8; daemon.md, section 1.6). They
 * belong to the account that made them; validation and training are paid from its channel.
 *
 * @example
 * ```ts
 * const model = await service.training.createModel({ method: 'Detect', name: 'dialects' });
 * const price = await service.training.trainPrice(model.modelId);
 * await service.training.train(model.modelId, { price });
 * ```
 */
export class Training {
  readonly #place: TrainingPlace;
  readonly #authorizer: Authorizer;

  /** Made by service clients. */
  constructor(place: TrainingPlace) {
    this.#place = place;
    this.#authorizer = new Authorizer(place);
  }

  /**
   * Whether the service trains models, and for which methods; needs no signature.
   *
   * @throws BaseError `TRAINING_NOT_OFFERED`, and those of `ServiceClient.call`
   */
  async getMetadata(options: AskOptions = {}): Promise<TrainingMetadata> {
    const reply = await this.#ask(methods.get_training_metadata, {}, options);
    const found = Object.entries(reply.trainingMethods).map(([serviceName, { values }]) => ({
      serviceName,
      methodNames: values.flatMap(({ kind }) => (kind.case === 'stringValue' ? [kind.value] : [])),
    }));
    return { isEnabled: reply.trainingEnabled, methods: found };
  }

  /**
   * What a method wants of datasets; needs no signature when it is named. A limit of 0 is none.
   *
   * @param of a method as `ServiceClient.call` names it, or a model
   * @throws BaseError `TRAINING_NOT_OFFERED`, `PROTO_METHOD_UNKNOWN`, and those of `ServiceClient.call`
   */
  async getMethodMetadata(
    of: { readonly method: string } | { readonly modelId: string },
    options: AskOptions = {},
  ): Promise<MethodMetadata> {
    const reply = await this.#ask(
      methods.get_method_metadata,
      'modelId' in of ? await this.#findMethodOf(of.modelId, options) : this.#nameMethod(of.method),
      options,
    );
    const { $typeName: _, $unknown: _unknown, ...metadata } = reply;
    return metadata;
  }

  /**
   * Makes a model for a method of the service; costs nothing.
   *
   * @throws BaseError `TRAINING_NOT_OFFERED`, `TRAINING_SIGNATURE_REFUSED`, `PROTO_METHOD_UNKNOWN`,
   *   `ADDRESS_INVALID`, and those of `ServiceClient.call`
   */
  async createModel({
    method,
    name,
    description = '',
    isPublic = false,
    addressesWithAccess = [],
    ...options
  }: CreateModelOptions): Promise<Model> {
    const addressList = checkAddresses(addressesWithAccess);
    const model = { ...this.#nameMethod(method), name, description, isPublic, addressList };
    return toModel(await this.#askAs(methods.create_model, { model }, options));
  }

  /**
   * A model as it is now: of the account, public, or opened to it.
   *
   * @throws BaseError `MODEL_UNKNOWN`, `MODEL_ACCESS_DENIED`, `TRAINING_NOT_OFFERED`, and those of
   *   `ServiceClient.call`
   */
  async getModel(modelId: string, options: AskOptions = {}): Promise<Model> {
    return toModel(await this.#askAs(methods.get_model, { modelId }, options));
  }

  /**
   * Models of the account, and public ones; those that were deleted included, unless `statuses` says
   * otherwise.
   *
   * @throws BaseError `TRAINING_NOT_OFFERED`, `TRAINING_SIGNATURE_REFUSED`, and those of `ServiceClient.call`
   */
  async getAllModels(options: ListModelsOptions = {}): Promise<readonly Model[]> {
    const { statuses = [], isPublic, serviceName = '', methodName = '', name = '' } = options;
    const { createdBy: createdByAddress = '', pageSize = 0, page = 0 } = options;
    const request = {
      statuses: statuses.map(fromStatus),
      ...(isPublic !== undefined && { isPublic }),
      grpcServiceName: serviceName,
      grpcMethodName: methodName,
      name,
      createdByAddress,
      pageSize: BigInt(pageSize),
      page: BigInt(page),
    };
    const { listOfModels } = await this.#askAs(methods.get_all_models, request, options);
    return listOfModels.map(toModel);
  }

  /**
   * Changes what a model is called, and who may use it; what is left out stays. Only its maker may.
   *
   * @throws BaseError `MODEL_UNKNOWN`, `MODEL_ACCESS_DENIED`, `ADDRESS_INVALID`, and those of
   *   `ServiceClient.call`
   */
  async updateModel(modelId: string, options: UpdateModelOptions): Promise<Model> {
    const { name: modelName, description, addressesWithAccess } = options;
    // An empty list on the wire cannot be told from one that was left out: the daemon takes both as "none".
    const addressList =
      addressesWithAccess === undefined
        ? [...(await this.getModel(modelId, options)).addressesWithAccess]
        : checkAddresses(addressesWithAccess);
    const changes = {
      modelId,
      addressList,
      ...(modelName !== undefined && { modelName }),
      ...(description !== undefined && { description }),
    };
    return toModel(await this.#askAs(methods.update_model, changes, options));
  }

  /**
   * Deletes a model; it stays listed. Only its maker may.
   *
   * @throws BaseError `MODEL_UNKNOWN`, `MODEL_ACCESS_DENIED`, and those of `ServiceClient.call`
   */
  async deleteModel(modelId: string, options: AskOptions = {}): Promise<ModelStatus> {
    const { status } = await this.#askAs(methods.delete_model, { modelId }, options);
    return toStatus(status);
  }

  /**
   * Cogs that it costs to validate data for a model: a link to it, or what is uploaded.
   *
   * @throws BaseError `MODEL_UNKNOWN`, `MODEL_ACCESS_DENIED`, and those of `ServiceClient.call`
   */
  async validatePrice(modelId: string, options: ValidateOptions = {}): Promise<bigint> {
    const { trainingDataLink = '' } = options;
    const request = { modelId, trainingDataLink };
    return (await this.#askAs(methods.validate_model_price, request, options)).price;
  }

  /**
   * Cogs that it costs to train a model.
   *
   * @throws BaseError `MODEL_UNKNOWN`, `MODEL_ACCESS_DENIED`, and those of `ServiceClient.call`
   */
  async trainPrice(modelId: string, options: AskOptions = {}): Promise<bigint> {
    return (await this.#askAs(methods.train_model_price, { modelId }, options)).price;
  }

  /**
   * Has the service look at data that is behind a link. Paid: what `validatePrice` told, which must be
   * asked first, for the daemon takes no other.
   *
   * @throws BaseError `TRAINING_PRICE_CHANGED`, `MODEL_UNKNOWN`, `MODEL_ACCESS_DENIED`, and those of
   *   `ServiceClient.call`
   */
  async validate(
    modelId: string,
    options: PaidTrainingOptions & { readonly trainingDataLink: string },
  ): Promise<ModelStatus> {
    const { trainingDataLink } = options;
    const request = { modelId, trainingDataLink };
    return this.#pay(methods.validate_model, request, options);
  }

  /**
   * Sends an archive of files, and has the service look at it. Paid as `validate` is. For Node only:
   * `await openAsBlob(path)` reads a file as it is sent.
   *
   * @throws BaseError `DATASET_UNSUITABLE` before anything is sent, `CALL_KIND_UNSUPPORTED` in browsers,
   *   and those of `validate`
   */
  async uploadAndValidate(
    modelId: string,
    dataset: Dataset,
    options: UploadOptions,
  ): Promise<ModelStatus> {
    const { fileName = 'dataset.zip' } = options;
    const { datasetMaxSizeMb: maxSizeMb } = await this.getMethodMetadata({ modelId }, options);
    checkDataset(dataset, { maxSizeMb, fileName, place: `model ${JSON.stringify(modelId)}` });
    const { price } = options;
    const call = this.#place.prepare(methods.upload_and_validate, { modelId, price }, options);
    // No piece can be sent again: none may be of a block that is too old.
    this.#authorizer.forget();
    const authorize = () => this.#authorizer.authorize('upload_and_validate', call.signal);
    async function* send(): AsyncGenerator<Message> {
      const file = { modelId, fileName, fileSize: BigInt(sizeOf(dataset)) };
      for await (const { data, number, count } of readPieces(dataset)) {
        yield create(UploadAndValidateRequestSchema, {
          authorization: await authorize(),
          uploadInput: {
            ...file,
            data,
            batchSize: BigInt(pieceBytes),
            batchNumber: BigInt(number),
            batchCount: BigInt(count),
          },
        });
      }
    }
    return this.#understand({ modelId, price }, async () => {
      const reply = await runClientStream(call, send());
      return toStatus((reply as MessageShape<typeof methods.upload_and_validate.output>).status);
    });
  }

  /**
   * Trains a model on data that was validated. Paid: what `trainPrice` told, which must be asked first,
   * for the daemon takes no other. Training goes on after this; `getModel` tells how far it is.
   *
   * @throws BaseError `TRAINING_PRICE_CHANGED`, `MODEL_UNKNOWN`, `MODEL_ACCESS_DENIED`, and those of
   *   `ServiceClient.call`
   */
  async train(modelId: string, options: PaidTrainingOptions): Promise<ModelStatus> {
    return this.#pay(methods.train_model, { modelId }, options);
  }

  /** `grpc_service_name` and `grpc_method_name` of a method, as the daemon lists them. */
  #nameMethod(name: string): { grpcServiceName: string; grpcMethodName: string } {
    const method = findMethod(this.#place.registry, name);
    return { grpcServiceName: method.parent.name, grpcMethodName: method.name };
  }

  /** Asked by name: an official daemon does not survive the question after a model that is not there. */
  async #findMethodOf(modelId: string, options: AskOptions) {
    const { serviceName, methodName } = await this.getModel(modelId, options);
    return { grpcServiceName: serviceName, grpcMethodName: methodName };
  }

  async #pay<Method extends typeof methods.train_model | typeof methods.validate_model>(
    method: Method,
    request: Unauthorized<Method>,
    options: PaidTrainingOptions,
  ): Promise<ModelStatus> {
    const { price } = options;
    const modelId = request.modelId ?? '';
    return this.#authorized(method, { modelId, price }, options, async (authorization) => {
      const call = this.#place.prepare(method, { modelId, price }, options);
      const message = create(method.input, { ...request, authorization } as never);
      const reply = (await runUnary(call, message)) as MessageShape<Method['output']>;
      return toStatus(reply.status);
    });
  }

  /** Asks in the account's name. */
  async #askAs<Method extends DescMethodUnary>(
    method: Method,
    request: Unauthorized<Method>,
    options: AskOptions,
  ): Promise<MessageShape<Method['output']>> {
    const { modelId } = request as { readonly modelId?: string };
    return this.#authorized(method, { modelId }, options, (authorization) =>
      askDaemon(this.#place, method, { ...request, authorization } as never, options),
    );
  }

  /** Asks what anybody may. */
  async #ask<Method extends DescMethodUnary>(
    method: Method,
    request: MessageInitShape<Method['input']>,
    options: AskOptions,
  ): Promise<MessageShape<Method['output']>> {
    const { modelId } = request as { readonly modelId?: string };
    return this.#understand({ modelId }, () => askDaemon(this.#place, method, request, options));
  }

  /** Signs, and signs once more when the daemon is at another block by now. */
  async #authorized<Reply>(
    { name }: DescMethod,
    subject: { readonly modelId?: string | undefined; readonly price?: bigint },
    { signal }: AskOptions,
    ask: (authorization: Awaited<ReturnType<Authorizer['authorize']>>) => Promise<Reply>,
  ): Promise<Reply> {
    const once = async () => {
      this.#place.closed.throwIfAborted();
      const authorization = await this.#authorizer.authorize(name, signal);
      return this.#understand(subject, () => ask(authorization));
    };
    try {
      return await once();
    } catch (error) {
      if (!isStale(error)) throw error;
      this.#authorizer.forget();
      return once();
    }
  }

  async #understand<Reply>(
    subject: { readonly modelId?: string | undefined; readonly price?: bigint },
    ask: () => Promise<Reply>,
  ): Promise<Reply> {
    try {
      return await ask();
    } catch (error) {
      throw toTrainingError(error, { ...subject, token: this.#place.token });
    }
  }
}

function checkAddresses(addresses: readonly string[]): string[] {
  return addresses.map((address) => parseAddress(address, { place: 'addressesWithAccess' }));
}
