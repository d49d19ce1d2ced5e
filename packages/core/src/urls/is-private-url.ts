/**
 * Whether nobody on the way can read what is sent to a URL: it is encrypted, or stays on this machine.
 * Secrets go nowhere else.
 *
 * @throws TypeError for what is no URL
 */
export function isPrivateUrl(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
