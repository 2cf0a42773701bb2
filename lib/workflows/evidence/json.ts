/** A value as a JSON file of a pack: indented, ids beyond 2^53 as text, times in ISO 8601. */
export function jsonFile(value: unknown): string {
  return `${JSON.stringify(value, plain, 2)}\n`;
}

/** A value as a line of a file of JSON lines. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value, plain)}\n`;
}

function plain(_: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
