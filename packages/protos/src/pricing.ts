/** Dynamic prices: the method option and messages of pricing.proto. */
export * from './gen/pricing_pb.ts';
