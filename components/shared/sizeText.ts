const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes as people say them, a thousand to the next unit: `812 B`, `4.2 MB`, `12 kB`. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.round(value) >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
