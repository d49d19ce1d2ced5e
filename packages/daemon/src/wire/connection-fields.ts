/**
 * Header fields that belong to one connection or to the framing of one message and never go further
 * (RFC 9113, 8.2.2); content-type is written anew on each side.
 */
export const connectionFields = [
  'connection',
  'content-length',
  'content-type',
  'date',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
] as const;
