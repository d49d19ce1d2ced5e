import type { ContentRequest } from './content-source.ts';

/** How errors call what is read: `<cid>/<path>`. */
export function rootName({ cid, path }: Pick<ContentRequest, 'cid' | 'path'>): string {
  return [cid, ...path].join('/');
}
