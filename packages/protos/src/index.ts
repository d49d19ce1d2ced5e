export { type CompileLimits, defaultLimits } from './compile-limits.ts';
export { type CompileProtosOptions, compileProtos } from './compile-protos.ts';
export { findMethod } from './find-method.ts';
