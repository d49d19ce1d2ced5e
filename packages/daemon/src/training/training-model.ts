/** A model that a client trains at the service. Prices in cogs. */
export interface TrainingModel {
  readonly modelId: string;
  readonly serviceId: string;
  /** The method of the service that the model is for. */
  readonly grpcServiceName: string;
  readonly grpcMethodName: string;
  readonly name: string;
  readonly description: string;
  readonly isPublic: boolean;
  /** Number of `training.Status`. */
  readonly status: number;
  /** Who may use it: `0x` and lower-case digits, the creator among them. */
  readonly authorizedAddresses: readonly string[];
  readonly createdBy: string;
  readonly updatedBy: string;
  readonly trainingDataLink: string;
  /** Undefined while the service has not named it. */
  readonly validatePrice: bigint | undefined;
  /** Undefined while the service has not named it. */
  readonly trainPrice: bigint | undefined;
  /** `DD-MM-YYYY`. */
  readonly createdDate: string;
  readonly updatedDate: string;
}
