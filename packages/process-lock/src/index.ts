export { getStateDirectory } from './get-state-directory.ts';
export { guardStorage, type StorageTrouble } from './guard-storage.ts';
export { makePrivateDirectory, openPrivateDatabase } from './open-private-database.ts';
export {
  holdProcessLock,
  isProcessLockHeld,
  type ProcessLock,
  removeDeadLocks,
} from './process-lock.ts';
export { type FileLockOptions, withFileLock } from './with-file-lock.ts';
