/**
 * One line of RFC 4180 CSV with its line end. A cell that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, a
 * tab or a carriage return first) begins with an apostrophe instead: telemetry is written by attackers too.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
