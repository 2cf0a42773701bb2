/**
 * A value as JSON text that jsonb can hold: it has neither U+0000 nor half a character (JSON.stringify writes lone
 * surrogates as escapes). Telemetry may hold both. An escaped backslash before such letters is left alone.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(
    /(\\\\)|\\u(0000|d[89a-f][0-9a-f]{2})/g,
    (_, backslashes: string | undefined, unit: string | undefined) =>
      backslashes ?? (unit === '0000' ? '' : '\ufffd'),
  );
}
