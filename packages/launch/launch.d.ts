/** The oldest Node (major, minor) that the snetkit programs run on. */
export declare const minimumNode: readonly [number, number];

/** Whether `version` (as in `process.versions.node`) is older than {@link minimumNode}. */
export declare function isNodeTooOld(version: string): boolean;

/** Path of the Node binary that the package `node-<platform>-<arch>` carries, seen from `fromUrl` or the working directory. */
export declare function findPinnedNode(fromUrl: string): string | undefined;

/**
 * Loads a program in this process, or starts it again with the pinned Node when the running one is
 * too old, passing arguments, signals and the exit code through.
 */
export declare function launch(scriptUrl: string, load: () => Promise<unknown>): Promise<void>;
