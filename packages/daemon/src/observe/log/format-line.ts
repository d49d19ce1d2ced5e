/** Turns a line of JSON into one for people: `time LEVEL message key=value ...`. */
export function formatLine(line: string): string {
  const { time, level, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${formatValue(value)}`);
  return `${[time, String(level).toUpperCase(), msg, ...pairs].join(' ')}\n`;
}

function formatValue(value: unknown): string {
  // Quoted where it could be taken for something else, or for another line.
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}
