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
      const refuse = (hint?: string) => mismatch(raw, expected, hint, { shown: showUrl(raw) });
      if (typeof raw !== 'string') return refuse();
      const hasProtocol = /^[a-z][a-z0-9+.-]*:\/\//i.test(raw);
      const value =
        hasProtocol || defaultProtocol === undefined ? raw : `${defaultProtocol}://${raw}`;
      const parsed = URL.parse(value);
      const fits =
        parsed !== null &&
        parsed.hostname !== '' &&
        protocols.includes(parsed.protocol.slice(0, -1));
      if (fits) return { value };
      const isBare = !hasProtocol && /^[\w.-]+(:\d+)?(\/|$)/.test(raw);
      return refuse(isBare ? `Put ${protocols[0]}:// before it.` : undefined);
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
