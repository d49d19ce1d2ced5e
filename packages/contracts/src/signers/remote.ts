// A subpath of its own: who has no remote signer need not load it.
export { type RemoteSignerOptions, remoteSigner } from './remote/remote-signer.ts';
