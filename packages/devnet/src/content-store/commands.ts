import { add } from './add.ts';
import { getBlock } from './block-store.ts';
import { KuboError } from './kubo-error.ts';
import { readFile } from './read-file.ts';
import { jsonReply, readArgument, type StoreCommand } from './request.ts';
import { resolvePath } from './resolve-path.ts';

const octets = 'application/octet-stream';

const cat: StoreCommand = ({ store, query }) => {
  for (const name of ['offset', 'length']) {
    if (query.has(name)) throw new KuboError(400, `option "${name}" is not supported`);
  }
  const file = readFile(store, resolvePath(store, readArgument(query, 'ipfs-path')));
  // The first piece is read now, so that a missing file is an error and not a cut answer.
  const first = file.next();
  if (first.done === true) return { contentType: octets, body: [] };
  return { contentType: octets, body: prepend(first.value, file) };
};

const blockGet: StoreCommand = ({ store, query }) => ({
  contentType: octets,
  body: [getBlock(store, resolvePath(store, readArgument(query, 'cid')))],
});

const blockStat: StoreCommand = ({ store, query }) => {
  const cid = resolvePath(store, readArgument(query, 'cid'));
  return jsonReply({ Key: cid.toString(), Size: getBlock(store, cid).length });
};

const pinAdd: StoreCommand = ({ store, query }) => {
  const pins = query.getAll('arg').map((path) => resolvePath(store, path));
  if (pins.length === 0) throw new KuboError(400, 'argument "ipfs-path" is required');
  for (const cid of pins) getBlock(store, cid);
  return jsonReply({ Pins: pins.map((cid) => cid.toString()) });
};

const version: StoreCommand = (request) =>
  jsonReply({
    Version: request.version,
    Commit: '',
    Repo: '15',
    System: `${process.arch}/${process.platform}`,
    Golang: '',
  });

/** The commands of the RPC API that the store knows, by their path after `/api/v0/`. */
export const commands: Readonly<Record<string, StoreCommand>> = {
  add,
  cat,
  'block/get': blockGet,
  'block/stat': blockStat,
  'pin/add': pinAdd,
  version,
};

function* prepend<T>(first: T, rest: Iterable<T>): Generator<T> {
  yield first;
  yield* rest;
}
