import { isIP } from 'node:net';
import { mismatch, type ValueType } from './value-type.ts';

/** Where to listen. Port 0 lets the system choose a free one. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** `host:port`; an empty host means every interface, an IPv6 host stands in brackets. */
export function hostPort(): ValueType<HostPort> {
  const expected = '"host:port" such as "127.0.0.1:8080" (port 0: any free port)';
  return {
    expected,
    parse(raw) {
      const match = typeof raw === 'string' ? /^(\[[^\]]+\]|[^:/]*):(\d{1,5})$/.exec(raw) : null;
      const [, bracketed = '', digits = ''] = match ?? [];
      const host = bracketed.replace(/^\[|\]$/g, '');
      const port = Number(digits);
      const hostFits =
        host === '' || isIP(host) > 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host);
      if (match === null || !hostFits || port > 65_535) {
        const isPort = /^\d{1,5}$/.test(String(raw));
        return mismatch(raw, expected, isPort ? `Did you mean "0.0.0.0:${raw}"?` : undefined);
      }
      return { value: { host: host === '' ? '0.0.0.0' : host, port } };
    },
  };
}
