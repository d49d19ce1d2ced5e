import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BaseError } from '@snetkit/core';
import type { CertificatePair } from '../../listener/tls-settings.ts';

/** Where certificates of ACME are kept between starts; laid out as the official daemon does (Go's autocert), which finds ours and we its. */
export interface AcmeCache {
  readCertificate(domain: string): Promise<CertificatePair | undefined>;
  writeCertificate(domain: string, pair: CertificatePair): Promise<void>;
  readAccountKey(): Promise<string | undefined>;
  writeAccountKey(key: string): Promise<void>;
}

const accountFile = 'acme_account+key';
const keyBlock =
  /-----BEGIN (?:EC |RSA )?PRIVATE KEY-----[^-]+-----END (?:EC |RSA )?PRIVATE KEY-----\s*/;

/** A cache in a folder, which only this user may read. */
export function openAcmeCache(directory: string): AcmeCache {
  const read = async (name: string) => {
    try {
      return await readFile(join(directory, name), 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw failure(directory, 'read', cause);
    }
  };
  const write = async (name: string, content: string) => {
    const draft = join(directory, `.${name}.${randomUUID()}`);
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await writeFile(draft, content, { mode: 0o600 });
      await rename(draft, join(directory, name));
    } catch (cause) {
      throw failure(directory, 'written to', cause);
    }
  };
  return {
    async readCertificate(domain) {
      const text = await read(domain);
      const key = text?.match(keyBlock)?.[0];
      if (text === undefined || key === undefined) return undefined;
      return { key, cert: text.replace(keyBlock, '') };
    },
    writeCertificate: (domain, { cert, key }) => write(domain, `${key.trimEnd()}\n${cert}`),
    readAccountKey: () => read(accountFile),
    writeAccountKey: (key) => write(accountFile, key),
  };
}

function failure(directory: string, what: string, cause: unknown): BaseError {
  return new BaseError('ACME_FAILED', `The folder of certificates cannot be ${what}.`, {
    place: 'auto_ssl_cache_dir',
    expected: 'a folder that this process may read and write',
    found: `${directory} (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`,
    hint: 'Let the user of this process own the folder, or choose another one.',
    cause,
  });
}
