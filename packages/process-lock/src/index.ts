export {
  holdProcessLock,
  isProcessLockHeld,
  type ProcessLock,
  removeDeadLocks,
} from './process-lock.ts';
