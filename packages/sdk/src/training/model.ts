import type { MessageShape } from '@bufbuild/protobuf';
import { type ModelResponseSchema, Status } from '@snetkit/protos/training';

/**
 * How far a model is (daemon.md, section 1.6). `CREATED`: it has no data yet; `VALIDATING`, `VALIDATED`:
 * its data is looked at, and will do; `TRAINING`: it is being trained; `READY_TO_USE`: calls may name it;
 * `ERRORED`: validation or training failed; `DELETED`: it is listed, and can be used no more.
 */
export type ModelStatus =
  | 'CREATED'
  | 'VALIDATING'
  | 'VALIDATED'
  | 'TRAINING'
  | 'READY_TO_USE'
  | 'ERRORED'
  | 'DELETED';

/** A model that a service trains. */
export interface Model {
  readonly modelId: string;
  readonly status: ModelStatus;
  readonly name: string;
  readonly description: string;
  /** Name of the service in the protos, without its package. */
  readonly serviceName: string;
  /** The method that uses the model. */
  readonly methodName: string;
  /** Who may use it, beside everybody when it is public; as the daemon writes them. */
  readonly addressesWithAccess: readonly string[];
  readonly isPublic: boolean;
  readonly trainingDataLink: string;
  readonly createdBy: string;
  readonly updatedBy: string;
  /** `DD-MM-YYYY`. */
  readonly createdDate: string;
  /** `DD-MM-YYYY`. */
  readonly updatedDate: string;
}

const names: Readonly<Record<Status, ModelStatus>> = {
  [Status.CREATED]: 'CREATED',
  [Status.VALIDATING]: 'VALIDATING',
  [Status.VALIDATED]: 'VALIDATED',
  [Status.TRAINING]: 'TRAINING',
  [Status.READY_TO_USE]: 'READY_TO_USE',
  [Status.ERRORED]: 'ERRORED',
  [Status.DELETED]: 'DELETED',
};

/** Name of a status; one that is not in the table says that something is wrong with the model. */
export function toStatus(status: Status): ModelStatus {
  return names[status] ?? 'ERRORED';
}

/** Number of a status on the wire. */
export function fromStatus(status: ModelStatus): Status {
  return Status[status];
}

/** A model as the daemon tells of it. */
export function toModel(reply: MessageShape<typeof ModelResponseSchema>): Model {
  return {
    modelId: reply.modelId,
    status: toStatus(reply.status),
    name: reply.name,
    description: reply.description,
    serviceName: reply.grpcServiceName,
    methodName: reply.grpcMethodName,
    addressesWithAccess: reply.addressList,
    isPublic: reply.isPublic,
    trainingDataLink: reply.trainingDataLink,
    createdBy: reply.createdByAddress,
    updatedBy: reply.updatedByAddress,
    createdDate: reply.createdDate,
    updatedDate: reply.updatedDate,
  };
}
