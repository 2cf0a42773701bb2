import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './measurement';

/** One line of the table: a figure, the floor it stands beside, and the goal. */
export type Line = {
  readonly size: string;
  readonly what: string;
  /** Absolute figures, for this machine only. */
  readonly figures: string;
  /** What the ratio is taken against. */
  readonly beside?: string;
  readonly ratio?: number;
  readonly goal?: Goal;
};

export type Goal = { readonly at: 'least' | 'most'; readonly value: number; readonly unit?: string };

/** Whether a line reaches its goal; undefined when it has none. */
export function reaches({ ratio, goal }: Line): boolean | undefined {
  if (goal === undefined || ratio === undefined) return undefined;
  return goal.at === 'least' ? ratio >= goal.value : ratio <= goal.value;
}

/** Prints all lines as one table. */
export function printTable(lines: readonly Line[]): void {
  const rows = lines.map((line) => [
    line.size,
    line.what,
    line.figures,
    ratioText(line),
    goalText(line),
    markOf(line),
  ]);
  const head = ['events', 'what', 'figures', 'ratio', 'goal', ''];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const print = (cells: readonly string[]) =>
    console.log(
      cells
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  print(head);
  print(widths.map((width) => '-'.repeat(width)));
  let size = '';
  for (const row of rows) {
    print(row[0] === size ? ['', ...row.slice(1)] : row);
    size = row[0] ?? '';
  }
}

/** Writes everything measured, for other programs; returns the file. */
export function writeResults(results: unknown): string {
  const file = path.join(ROOT, 'bench/results/latest.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  return path.relative(ROOT, file);
}

function ratioText({ ratio, goal, beside }: Line): string {
  if (ratio === undefined) return '';
  const number = ratio >= 100 ? ratio.toFixed(0) : ratio.toFixed(2);
  return `${number}${goal?.unit === undefined ? '' : ` ${goal.unit}`}${beside === undefined ? '' : ` of ${beside}`}`;
}

function goalText({ goal }: Line): string {
  if (goal === undefined) return '';
  return `${goal.at === 'least' ? '≥' : '≤'} ${goal.value}${goal.unit === undefined ? '' : ` ${goal.unit}`}`;
}

function markOf(line: Line): string {
  const reached = reaches(line);
  return reached === undefined ? '' : reached ? 'pass' : 'MISS';
}
