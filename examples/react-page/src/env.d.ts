interface ImportMetaEnv {
  readonly VITE_RPC_URL: string;
  readonly VITE_IPFS_URL: string;
}
