import type { CallOptions } from '../calls/call-options.ts';
import type { ModelStatus } from './model.ts';

/** How a question is asked. */
export type AskOptions = Pick<CallOptions, 'signal' | 'timeoutMs'>;

/** The methods that a service trains models for. */
export interface TrainingMetadata {
  readonly isEnabled: boolean;
  readonly methods: readonly {
    /** Name of the service in the protos, without its package. */
    readonly serviceName: string;
    readonly methodNames: readonly string[];
  }[];
}

/** What a method wants of datasets; 0 and empty texts say nothing. */
export interface MethodMetadata {
  /** Used by calls that name no model. */
  readonly defaultModelId: string;
  readonly maxModelsPerUser: bigint;
  readonly datasetMaxSizeMb: bigint;
  readonly datasetMaxCountFiles: bigint;
  readonly datasetMaxSizeSingleFileMb: bigint;
  /** Such as `png, jpeg`. */
  readonly datasetFilesType: string;
  /** Such as `zip, tar`. */
  readonly datasetType: string;
  readonly datasetDescription: string;
}

/** The model to make. */
export interface CreateModelOptions extends AskOptions {
  /** The method that will use it, as `ServiceClient.call` names it. */
  readonly method: string;
  readonly name: string;
  readonly description?: string | undefined;
  /** `true`: anybody may use it; that can never be changed. */
  readonly isPublic?: boolean | undefined;
  /** Who may use it beside the account. */
  readonly addressesWithAccess?: readonly string[] | undefined;
}

/** Which models; everything given must fit. */
export interface ListModelsOptions extends AskOptions {
  /** All of them unless given. */
  readonly statuses?: readonly ModelStatus[] | undefined;
  /** `true`: public ones only; `false`: own ones only. */
  readonly isPublic?: boolean | undefined;
  /** Part of the service's name. */
  readonly serviceName?: string | undefined;
  /** Part of the method's name. */
  readonly methodName?: string | undefined;
  /** Part of the model's name, letter case aside. */
  readonly name?: string | undefined;
  /** Part of its maker's address. */
  readonly createdBy?: string | undefined;
  /** Models on a page; all at once unless given. */
  readonly pageSize?: number | undefined;
  /** Pages count from 0. */
  readonly page?: number | undefined;
}

/** What changes; what is left out stays. */
export interface UpdateModelOptions extends AskOptions {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Replaces the list. */
  readonly addressesWithAccess?: readonly string[] | undefined;
}

/** The data whose validation is asked for. */
export interface ValidateOptions extends AskOptions {
  readonly trainingDataLink?: string | undefined;
}

/** What was agreed. */
export interface PaidTrainingOptions extends Omit<CallOptions, 'headers'> {
  /** Cogs, as the daemon told them: exactly that is paid. */
  readonly price: bigint;
}

/** What was agreed, and what the archive is called. */
export interface UploadOptions extends PaidTrainingOptions {
  /** `dataset.zip` unless given. */
  readonly fileName?: string | undefined;
}
