import { mismatch, type ValueType } from './value-type.ts';

/**
 * An absolute URL with one of the protocols. `defaultProtocol` is put before a text without any, as
 * the official daemon does for `service_endpoint`.
 */
export function url(options: {
  protocols: readonly string[];
  defaultProtocol?: string;
}): ValueType<string> {
  const { protocols, defaultProtocol } = options;
  const expected = `a URL that starts with ${protocols.map((name) => `${name}://`).join(' or ')}`;
  return {
    expected,
    show: showUrl,
    parse(raw) {
      if (typeof raw !== 'string') return mismatch(raw, expected);
      const hasProtocol = /^[a-z][a-z0-9+.-]*:\/\//i.test(raw);
      const value =
        hasProtocol || defaultProtocol === undefined ? raw : `${defaultProtocol}://${raw}`;
      const parsed = URL.parse(value);
      const fits =
        parsed !== null &&
        parsed.hostname !== '' &&
        protocols.includes(parsed.protocol.slice(0, -1));
      return fits ? { value } : mismatch(raw, expected);
    },
  };
}

/** A URL without what providers hide keys in: user, path and query. */
export function showUrl(raw: unknown): string {
  const match =
    typeof raw === 'string'
      ? /^([a-z][a-z0-9+.-]*:\/\/)?(?:[^/@?]*@)?([^/?#]*)(.*)$/is.exec(raw)
      : null;
  if (match === null) return JSON.stringify(raw) ?? String(raw);
  const [, protocol = '', host = '', rest = ''] = match;
  return JSON.stringify(`${protocol}${host}${rest === '' || rest === '/' ? '' : '/...'}`);
}
