const grpc = /^application\/grpc(?:$|[+;])/;

/** Whether a `content-type` is gRPC itself: `application/grpc`, `application/grpc+proto` and the like, but not gRPC-web. */
export function isGrpcContentType(contentType: string | undefined): boolean {
  return contentType !== undefined && grpc.test(contentType);
}
