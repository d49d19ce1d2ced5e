import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServicePin } from './service-pin.ts';

/** The file that marks a folder as generated, and says from what. */
export const recordFile = 'service.json';

/** Languages that clients are generated in. */
export const languages = ['typescript', 'python', 'go'] as const;

/** A language that clients are generated in. */
export type ClientLanguage = (typeof languages)[number];

/** What `service.json` of a generated client holds. */
export interface ClientRecord {
  /** Name and version of the generator; another version generates anew. */
  readonly generator: string;
  readonly language: ClientLanguage;
  /** Of the package. */
  readonly name: string;
  /** Version range of `@snetkit/sdk`. */
  readonly sdk: string;
  /** Null when the protos came from a folder. */
  readonly service: ServicePin | null;
}

/** Reads the record of a generated client; undefined when the folder holds none. */
export async function readClientRecord(folder: string): Promise<ClientRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(join(folder, recordFile), 'utf8')) as ClientRecord;
    return String(record.generator).startsWith('@snetkit/codegen ') ? record : undefined;
  } catch {
    return undefined;
  }
}
