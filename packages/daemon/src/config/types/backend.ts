import { showValue } from '../show-value.ts';
import { number } from './number.ts';
import { object } from './object.ts';
import { showUrl, url } from './url.ts';
import { mismatch, type ValueType } from './value-type.ts';

/** One of several addresses of a service. */
export interface BackendSetting {
  readonly endpoint: string;
  /** Share of the calls that it gets; 0: none while another one is up. */
  readonly weight: number;
}

const endpoint = url({ protocols: ['http', 'https'], defaultProtocol: 'http' });
const fields = object({ endpoint, weight: number({ max: 1000, integer: true }) });
const expected =
  'a URL that starts with http:// or https://, or an object with endpoint and weight';

/** An address: its URL, or an object of URL and weight. */
export function backend(): ValueType<BackendSetting> {
  return {
    expected,
    show: (raw) => (typeof raw === 'string' ? showUrl(raw) : showValue(fields, raw)),
    parse(raw) {
      if (typeof raw === 'string' && !raw.trimStart().startsWith('{')) {
        const parsed = endpoint.parse(raw);
        return 'value' in parsed ? { value: { endpoint: parsed.value, weight: 1 } } : parsed;
      }
      const parsed = fields.parse(raw);
      if (!('value' in parsed)) return parsed;
      const { endpoint: found, weight = 1 } = parsed.value;
      return found === undefined ? mismatch(raw, expected) : { value: { endpoint: found, weight } };
    },
  };
}
