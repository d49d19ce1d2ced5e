/** A method of the protos of a service, as far as its prices are concerned. */
export interface ProtoMethod {
  /** Empty when the proto has no package. */
  readonly packageName: string;
  readonly serviceName: string;
  readonly methodName: string;
  /** The proto file that it stands in. */
  readonly file?: string | undefined;
  /** The method that tells its price: the option `(pricing.my_method_option).estimatePriceMethod`. */
  readonly estimatePriceMethod?: string | undefined;
}
