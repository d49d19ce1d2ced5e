/** `DetectRequest { text: "guten tag" }` to a method that costs nothing, in one gRPC frame. */
export const request = {
  path: '/text.v1.TextService/Detect',
  body: Buffer.concat([Buffer.from([0, 0, 0, 0, 11, 0x0a, 9]), Buffer.from('guten tag')]),
} as const;

/** Calls of a row that makes one after the other. */
export const sequence = 500;
/** Calls of a row that keeps many in flight. */
export const parallel = 3_200;
/** Channels, tokens and wallets of such a row. */
export const lanes = 64;
/** Calls of each. */
export const turns = parallel / lanes;
