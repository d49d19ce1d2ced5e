/**
 * Writes a time in a layout of Go (`2006-01-02T15:04:05.999Z07:00`, daemon.md 8.6) as it is in a time zone. Text
 * that is no part of a layout stays as it is.
 *
 * @throws RangeError for a time zone that nobody knows
 */
export function createTimeFormat(layout: string, timeZone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', weekday: 'long', year: 'numeric', month: 'long' },
    ...{ day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    timeZoneName: 'longOffset',
  });
  const zoneName = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' });
  return (ms) => {
    const date = new Date(ms);
    const parts = partsOf(format, date);
    return layout.replace(tokens, (token) => {
      if (token === 'MST') return partsOf(zoneName, date)['timeZoneName'] ?? '';
      return formatToken(token, parts, ms);
    });
  };
}

const tokens =
  /2006|January|Jan|Monday|Mon|MST|Z07:00|-07:00|-0700|[.,]0+|[.,]9+|01|02|03|04|05|06|15|PM/g;

type Parts = Readonly<Record<string, string>>;

function partsOf(format: Intl.DateTimeFormat, date: Date): Parts {
  return Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
}

function formatToken(token: string, parts: Parts, ms: number): string {
  const { year = '', month = '', day = '', weekday = '' } = parts;
  const { hour = '', minute = '', second = '', timeZoneName = '' } = parts;
  const offset = timeZoneName.replace('GMT', '') || '+00:00';
  switch (token) {
    case '2006':
      return year;
    case '06':
      return year.slice(-2);
    case 'January':
      return month;
    case 'Jan':
      return month.slice(0, 3);
    case '01':
      return String(new Date(`${month} 1, 2000`).getMonth() + 1).padStart(2, '0');
    case 'Monday':
      return weekday;
    case 'Mon':
      return weekday.slice(0, 3);
    case '02':
      return day;
    case '15':
      return hour;
    case '03':
      return String(Number(hour) % 12 || 12).padStart(2, '0');
    case 'PM':
      return Number(hour) < 12 ? 'AM' : 'PM';
    case '04':
      return minute;
    case '05':
      return second;
    case 'Z07:00':
      return offset === '+00:00' ? 'Z' : offset;
    case '-07:00':
      return offset;
    case '-0700':
      return offset.replace(':', '');
    default:
      return formatFraction(token, ms);
  }
}

/** `.000` keeps its zeros, `.999` drops those at the end. */
function formatFraction(token: string, ms: number): string {
  const digits = String(Math.floor(ms) % 1_000)
    .padStart(3, '0')
    .padEnd(9, '0')
    .slice(0, token.length - 1);
  const shown = token[1] === '9' ? digits.replace(/0+$/, '') : digits;
  return shown === '' ? '' : `${token[0]}${shown}`;
}
