const web = /^application\/grpc-web(-text)?(?:\+([a-z0-9.-]+))?\s*(?:;|$)/i;

/** What a `content-type` of gRPC-web says. */
export interface WebContentType {
  /** Whether the bytes travel as base64 text. */
  readonly isText: boolean;
  /** The same content in gRPC itself: `application/grpc+proto`. */
  readonly grpc: string;
}

/**
 * Reads a `content-type` of gRPC-web (PROTOCOL-WEB of grpc).
 * @returns undefined for everything else
 */
export function parseWebContentType(field: string | undefined): WebContentType | undefined {
  const match = field === undefined ? null : web.exec(field);
  if (match === null) return undefined;
  return {
    isText: match[1] !== undefined,
    grpc: match[2] === undefined ? 'application/grpc' : `application/grpc+${match[2]}`,
  };
}
