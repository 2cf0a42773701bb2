/** Parts of the benchmark that can be asked for by name. */
export const PARTS = [
  'parse',
  'evtx',
  'store',
  'import',
  'correlate',
  'rerun',
  'reads',
  'truth',
  'hostile',
  'screens',
  'queue',
  'coverage',
  'sigma',
] as const;
export type Part = (typeof PARTS)[number];

/** Parts that are not about a recording's size. */
const SIZELESS: ReadonlySet<Part> = new Set<Part>(['hostile', 'screens', 'queue', 'coverage', 'sigma']);

/** Whether any of the parts is measured on recordings of several sizes. */
export function needSizes(parts: ReadonlySet<Part>): boolean {
  return [...parts].some((part) => !SIZELESS.has(part));
}

export type Arguments = {
  readonly sizes: readonly number[];
  readonly parts: ReadonlySet<Part>;
  readonly repeats?: number;
};

export const USAGE = `npm run bench -- [--sizes 100k,1m,5m] [--only ${PARTS.join(',')}] [--repeats N]`;

/** Reads the command line. Throws with the usage for anything else. */
export function readArguments(args: readonly string[]): Arguments {
  let sizes = [100_000, 1_000_000];
  let parts = new Set<Part>(PARTS);
  let repeats: number | undefined;
  for (let i = 0; i < args.length; i += 2) {
    const value = args[i + 1] ?? '';
    if (args[i] === '--sizes') sizes = value.split(',').map(toSize);
    else if (args[i] === '--only') parts = new Set(value.split(',').map(toPart));
    else if (args[i] === '--repeats' && /^[1-9]\d?$/.test(value)) repeats = Number(value);
    else throw new Error(`unknown argument ${args[i]} ${value}\n${USAGE}`);
  }
  return { sizes: sizes.sort((a, b) => a - b), parts, ...(repeats === undefined ? {} : { repeats }) };
}

function toSize(text: string): number {
  const match = /^(\d+)([km]?)$/i.exec(text.trim());
  if (match === null) throw new Error(`"${text}" is no number of events such as 100k or 1m\n${USAGE}`);
  const unit = match[2]?.toLowerCase();
  return Number(match[1]) * (unit === 'm' ? 1_000_000 : unit === 'k' ? 1000 : 1);
}

function toPart(text: string): Part {
  const part = PARTS.find((one) => one === text.trim());
  if (part === undefined) throw new Error(`"${text}" is no part of the benchmark\n${USAGE}`);
  return part;
}

/** `100k`, `1m`. */
export function sizeName(events: number): string {
  if (events % 1_000_000 === 0) return `${events / 1_000_000}m`;
  return events % 1000 === 0 ? `${events / 1000}k` : String(events);
}
