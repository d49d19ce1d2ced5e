import { BaseError } from '@snetkit/core';
import { type FileNode, formatNodePlace } from './file-node.ts';

/** What to tell about a descriptor that is refused. */
export interface NodeRefusal {
  readonly expected?: string;
  readonly found?: string;
  readonly hint: string;
}

/** The error `PROTO_INVALID` for a descriptor; the caller throws it. */
export function refuseNode(
  file: FileNode,
  node: object,
  shortMessage: string,
  refusal: NodeRefusal,
): BaseError {
  const place = formatNodePlace(file, node);
  return new BaseError('PROTO_INVALID', shortMessage, { place, ...refusal });
}
