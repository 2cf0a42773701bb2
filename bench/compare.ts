import { sizeName } from './arguments';
import type { HostileAnswer } from './hostile';
import type { SizeResults } from './measureSize';
import type { Goal, Line } from './report';
import { median } from './usage';

const MB = 1e6;
const MIB = 2 ** 20;

type Measured = readonly { readonly wallSeconds: number; readonly cpuSeconds: number }[];

/** Figures of one recording beside their floors and goals. */
export function compareSize(events: number, results: SizeResults): readonly Line[] {
  const size = sizeName(events);
  const line = (what: string, figures: string, more: Omit<Line, 'size' | 'what' | 'figures'> = {}): Line => ({
    size,
    what,
    figures,
    ...more,
  });
  return [
    ...parsing(results, line),
    ...eventLogs(results, line),
    ...storing(results, line),
    ...importing(results, line),
    ...correlating(results, line),
    ...stored(results, line),
  ];
}

type MakeLine = (what: string, figures: string, more?: Omit<Line, 'size' | 'what' | 'figures'>) => Line;

function parsing({ corpus, json, parse }: SizeResults, line: MakeLine): Line[] {
  if (json.length === 0) return [];
  return [
    line('JSON.parse of the lines', rates(corpus, json)),
    line('parse and normalise', rates(corpus, parse), {
      beside: 'JSON.parse, ev/s',
      ratio: wall(json) / wall(parse),
    }),
    line('parse and normalise, CPU', cpuText(parse), { beside: 'JSON.parse', ratio: cpu(parse) / cpu(json) }),
  ];
}

function eventLogs({ corpus, json, evtx }: SizeResults, line: MakeLine): Line[] {
  const [one] = evtx;
  if (one === undefined) return [];
  const read = { ...corpus, events: one.records, bytes: one.bytes };
  return [
    line('event log file: read and normalise', `${rates(read, evtx)}, ${mib(evtx)}`, {
      ...(json.length === 0
        ? {}
        : { beside: 'JSON.parse, ev/s', ratio: one.records / wall(evtx) / (corpus.events / wall(json)) }),
    }),
  ];
}

function storing({ store, copy }: SizeResults, line: MakeLine): Line[] {
  const [first, floor] = [store[0], copy[0]];
  if (first === undefined || floor === undefined) return [];
  const rate = (rows: number, measured: Measured) =>
    `${thousands(rows / wall(measured))} rows/s, ${cpuText(measured)}`;
  return [
    line('COPY of the same rows', rate(floor.rows, copy)),
    line('store', rate(first.rows, store), {
      beside: 'COPY, rows/s',
      ratio: first.rows / wall(store) / (floor.rows / wall(copy)),
    }),
  ];
}

function importing(results: SizeResults, line: MakeLine): Line[] {
  const { corpus, floor, bareFloor } = results;
  const one = results.import[0];
  if (one === undefined) return [];
  const peak = Math.max(...results.import.map((each) => each.workerPeakBytes));
  const lines: Line[] = [];
  if (floor.length > 0) {
    lines.push(
      line('floor: JSON.parse, rows, COPY, gzip', `${rates(corpus, floor)}, ${cpuText(floor)}`),
      line('bare floor: rows made beforehand', `${rates(corpus, bareFloor)}, ${cpuText(bareFloor)}`),
    );
  }
  lines.push(
    line('whole import', `${rates(corpus, results.import)}, ${cpuText(results.import)}`, {
      ...(floor.length === 0
        ? {}
        : { beside: 'the floor, ev/s', ratio: wall(floor) / wall(results.import), goal: least(0.7) }),
    }),
  );
  if (floor.length > 0) {
    lines.push(
      line('whole import, CPU', split(results), {
        beside: 'the floor',
        ratio: cpu(results.import) / cpu(floor),
      }),
      line('whole import, beside the bare floor', phases(results), {
        beside: 'the bare floor, ev/s',
        ratio: wall(bareFloor) / wall(results.import),
      }),
    );
  }
  lines.push(
    line('worker memory', `${(peak / MIB).toFixed(0)} MiB`, { ratio: peak / MIB, goal: most(512, 'MiB') }),
    line('stored bytes', bytesText(one), {
      beside: 'the source',
      ratio: one.databaseBytes / corpus.bytes,
      goal: most(0.45),
    }),
    line('raw text back byte for byte', one.rawIntact ? 'yes' : 'NO', {
      ratio: one.rawIntact ? 1 : 0,
      goal: least(1),
    }),
  );
  return lines;
}

function correlating(results: SizeResults, line: MakeLine): Line[] {
  const { json, correlate, correlateRows, duckdb, corpus } = results;
  const [one, rows, sql] = [correlate[0], correlateRows[0], duckdb[0]];
  if (one === undefined || rows === undefined || sql === undefined) return [];
  return [
    line(
      'correlate, in memory',
      `${cpuText(correlate)}, ${rates(corpus, correlate)}; looks at ${thousands(one.events)} events`,
      {
        beside: 'JSON.parse, CPU',
        ratio: cpu(correlate) / cpu(json),
        goal: most(0.2),
      },
    ),
    line('DuckDB: load and SQL joins', `${cpuText(duckdb)}, ${mib(duckdb)}; ${counts(sql.hits)}`),
    line('load and correlate the same rows', `${cpuText(correlateRows)}; ${counts(rows.complete)}`, {
      beside: 'DuckDB, CPU',
      ratio: cpu(correlateRows) / cpu(duckdb),
      goal: most(1.5),
    }),
    line('the same, memory', mib(correlateRows), {
      beside: 'DuckDB',
      ratio: peak(correlateRows) / peak(duckdb),
      goal: most(0.4),
    }),
  ];
}

function stored(results: SizeResults, line: MakeLine): Line[] {
  const { rerun, reads, truth } = results;
  const lines: Line[] = [];
  if (rerun !== undefined) {
    const seconds = rerun.wallSeconds;
    lines.push(
      line(
        're-run of all analytics',
        `${rerun.hosts} hosts, ${rerun.findings} findings, ${rerun.cpuSeconds.toFixed(1)} s CPU`,
        {
          ratio: seconds,
          goal: most(5, 's'),
        },
      ),
      line('re-run beside the import', '', {
        beside: 'the import',
        ratio: seconds / wall(results.import),
        goal: most(0.15),
      }),
    );
  }
  if (reads !== undefined) {
    for (const [what, { p50Ms, p95Ms, bytes }] of Object.entries(reads.reads)) {
      lines.push(
        line(
          `read: ${what}`,
          `p50 ${p50Ms.toFixed(1)} ms, ${(bytes / 1000).toFixed(0)} kB at most, ${reads.server}`,
          {
            ratio: p95Ms,
            goal: most(50, 'ms p95'),
          },
        ),
      );
    }
  }
  if (truth !== undefined) {
    const each = Object.entries(truth.byAnalytic)
      .sort()
      .map(([analytic, found]) => `${analytic} ${found}`);
    lines.push(
      line('planted chains found', each.join(', '), { ratio: truth.found / truth.planted, goal: least(1) }),
      line('look-alikes complete', `of ${truth.lookAlikes} planted; ${truth.decoys.slice(0, 2).join('; ')}`, {
        ...(truth.lookAlikes === 0 ? {} : { ratio: truth.decoys.length, goal: most(0) }),
      }),
      line('look-alikes named beside a chain', `${truth.named} findings`),
      line('complete findings', counts(truth.complete)),
    );
  }
  return lines;
}

/** How cost grows from one size to the next; the goals are for ten times and five times as many events. */
export function compareGrowth(
  smaller: { readonly events: number; readonly results: SizeResults },
  larger: { readonly events: number; readonly results: SizeResults },
): readonly Line[] {
  if (smaller.results.import.length === 0 || larger.results.import.length === 0) return [];
  const factor = larger.events / smaller.events;
  return [
    {
      size: `${sizeName(smaller.events)} → ${sizeName(larger.events)}`,
      what: 'growth of the import, CPU',
      figures: `${cpu(smaller.results.import).toFixed(1)} s → ${cpu(larger.results.import).toFixed(1)} s`,
      beside: `${factor} times the events`,
      ratio: cpu(larger.results.import) / cpu(smaller.results.import),
      ...(factor === 10 ? { goal: most(11.5) } : factor === 5 ? { goal: most(5.5) } : {}),
    },
  ];
}

/** How correlation grows on recordings made to be slow; twice the size may cost little more than twice. */
export function compareHostile({ shapes }: HostileAnswer): readonly Line[] {
  return shapes.map(({ name, n, cpuSeconds, cpuSecondsTwice, growth }) => ({
    size: 'hostile',
    what: `${name}: ${n}`,
    figures: `${cpuSeconds.toFixed(2)} s CPU → ${cpuSecondsTwice.toFixed(2)} s CPU`,
    beside: 'half of it',
    ratio: growth,
    goal: most(2.6),
  }));
}

function counts(hits: Readonly<Record<string, number>>): string {
  const each = Object.entries(hits).sort();
  return each.map(([analytic, n]) => `${analytic} ${n}`).join(', ');
}

function phases({ import: imports }: SizeResults): string {
  const of = (pick: (each: (typeof imports)[number]) => number) => median(imports.map(pick)).toFixed(1);
  return `upload ${of((i) => i.uploadSeconds)} s, parse and store ${of((i) => i.parseSeconds)} s, correlate ${of((i) => i.correlateSeconds)} s`;
}

function split({ import: imports }: SizeResults): string {
  const of = (pick: (each: (typeof imports)[number]) => number) => median(imports.map(pick)).toFixed(1);
  return `worker ${of((i) => i.workerCpuSeconds)} s, server ${of((i) => i.serverCpuSeconds)} s, upload ${of((i) => i.cpuSeconds - i.workerCpuSeconds - i.serverCpuSeconds)} s`;
}

function bytesText({ parts, events, databaseBytes }: SizeResults['import'][number]): string {
  const each = (bytes: number) => (bytes / events).toFixed(0);
  return `${each(databaseBytes)} B/event: rows ${each(parts.rows)}, indexes ${each(parts.indexes)}, raw ${each(parts.raw)}, other ${each(parts.other)}`;
}

function rates({ events, bytes }: SizeResults['corpus'], measured: Measured): string {
  const seconds = wall(measured);
  return `${thousands(events / seconds)} ev/s, ${(bytes / MB / seconds).toFixed(0)} MB/s`;
}

function cpuText(measured: Measured): string {
  return `${cpu(measured).toFixed(2)} s CPU`;
}

function mib(measured: readonly { readonly peakBytes: number }[]): string {
  return `${(peak(measured) / MIB).toFixed(0)} MiB`;
}

function peak(measured: readonly { readonly peakBytes: number }[]): number {
  return median(measured.map((each) => each.peakBytes));
}

function wall(measured: Measured): number {
  return median(measured.map((each) => each.wallSeconds));
}

function cpu(measured: Measured): number {
  return median(measured.map((each) => each.cpuSeconds));
}

function thousands(value: number): string {
  return `${(value / 1000).toFixed(1)}k`;
}

function least(value: number, unit?: string): Goal {
  return { at: 'least', value, ...(unit === undefined ? {} : { unit }) };
}

function most(value: number, unit?: string): Goal {
  return { at: 'most', value, ...(unit === undefined ? {} : { unit }) };
}
