import { Agent } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { BaseError } from '@snetkit/core';
import acme from 'acme-client';
import type { CertificatePair } from '../../listener/tls-settings.ts';
import type { AcmeCache } from './acme-cache.ts';
import type { AcmeOptions } from './acme-options.ts';
import { answerHttpChallenge } from './answer-http-challenge.ts';

type Order = Awaited<ReturnType<acme.Client['createOrder']>>;
type Authorization = Awaited<ReturnType<acme.Client['getAuthorizations']>>[number];

/**
 * Gets a certificate from an authority that speaks ACME (RFC 8555): account, order, proof, certificate.
 *
 * @throws BaseError `ACME_FAILED` with what the authority says
 */
export async function obtainCertificate(
  options: AcmeOptions & { cache: AcmeCache; signal: AbortSignal },
): Promise<CertificatePair> {
  const { domain, directoryUrl, ca, email, cache, signal } = options;
  acme.axios.defaults.timeout = requestMs;
  if (ca !== undefined) acme.axios.defaults.httpsAgent = new Agent({ ca });
  const accountKey = await getAccountKey(cache);
  try {
    const client = new acme.Client({ directoryUrl, accountKey, backoffAttempts: 1 });
    await client.createAccount({
      termsOfServiceAgreed: true,
      ...(email !== undefined && { contact: [`mailto:${email}`] }),
    });
    const order = await client.createOrder({ identifiers: [{ type: 'dns', value: domain }] });
    for (const authorization of await client.getAuthorizations(order)) {
      signal.throwIfAborted();
      if (authorization.status !== 'valid') await prove(client, order, authorization, options);
    }
    const key = await acme.crypto.createPrivateEcdsaKey();
    const [, csr] = await acme.crypto.createCsr({ commonName: domain, altNames: [domain] }, key);
    await client.finalizeOrder(order, csr);
    const final = await poll(options, async () => {
      const { status, ...rest } = await client.getOrder(order);
      return status === 'valid' || status === 'invalid' ? { status, ...rest } : undefined;
    });
    const pair = { cert: await client.getCertificate(final), key: key.toString() };
    await cache.writeCertificate(domain, pair);
    return pair;
  } catch (cause) {
    if (cause instanceof BaseError || signal.aborted) throw cause;
    throw failure(options, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

async function getAccountKey(cache: AcmeCache): Promise<string> {
  const known = await cache.readAccountKey();
  if (known !== undefined) return known;
  const key = (await acme.crypto.createPrivateEcdsaKey()).toString();
  await cache.writeAccountKey(key);
  return key;
}

async function prove(
  client: acme.Client,
  order: Order,
  authorization: Authorization,
  options: AcmeOptions & { signal: AbortSignal },
): Promise<void> {
  const challenge = authorization.challenges.find(({ type }) => type === options.challenge);
  if (challenge === undefined) {
    throw failure(options, `it does not offer ${options.challenge} for this domain`);
  }
  const keyAuthorization = await client.getChallengeKeyAuthorization(challenge);
  const remove = await present();
  try {
    await client.completeChallenge(challenge);
    const proved = await poll(options, async () => {
      const all = await client.getAuthorizations(order);
      const one = all.find(({ url }) => url === authorization.url);
      return one?.status === 'pending' ? undefined : one;
    });
    if (proved.status === 'valid') return;
    const tried = proved.challenges.find(({ type }) => type === options.challenge);
    const { detail = proved.status } = (tried as { error?: { detail?: string } }).error ?? {};
    throw failure(options, detail);
  } finally {
    remove();
  }

  async function present(): Promise<() => void> {
    if (options.challenge === 'http-01') {
      const { token } = challenge as { token: string };
      return answerHttpChallenge({ ...options.httpEndpoint, token, keyAuthorization });
    }
    const [key, cert] = await acme.crypto.createAlpnCertificate(authorization, keyAuthorization);
    options.showChallenge({ cert: cert.toString(), key: key.toString() });
    return () => options.showChallenge(undefined);
  }
}

/** Asks until there is an answer. */
async function poll<T>(
  options: AcmeOptions & { signal: AbortSignal },
  ask: () => Promise<T | undefined>,
): Promise<T> {
  for (let count = 0; count < polls; count++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await wait(Math.min(5_000, 250 * 2 ** count), undefined, { signal: options.signal });
  }
  throw failure(options, 'it does not come to a decision');
}

function failure({ domain, directoryUrl }: AcmeOptions, found: string, cause?: unknown): BaseError {
  return new BaseError('ACME_FAILED', `The authority gives no certificate for ${domain}.`, {
    place: 'auto_ssl_domain',
    expected: `a certificate of ${new URL(directoryUrl).host}`,
    found,
    hint: 'Let the domain point to this machine, and its port 80 (http-01) or 443 (tls-alpn-01) be reached from outside.',
    cause,
  });
}

const requestMs = 15_000;
const polls = 30;
