import { formatMicros, MICROS_PER_DAY, MICROS_PER_HOUR, type Micros, micros } from '../base/time';
import { createDay, type Day } from './day';
import { fleetMachine, type Machine, midnight, THIN_SYSMON_ENDS, THIN_TELEMETRY, timeOfDay } from './machine';
import { tellBrowsing } from './noise/browsing';
import { tellCraft } from './noise/craft';
import { openDesk } from './noise/desk';
import { tellOffice } from './noise/office';
import { tellSystem } from './noise/system';
import { fleetPlan, type Played, type Scene } from './plan';
import { createRandom, type Random } from './random';
import { toLine } from './recordShapes';
import type { LogName, LogRecord } from './sensor';
import type { TelemetryGap, Truth } from './truth';

export type WorkdayOptions = {
  readonly seed: string;
  readonly machine: Machine;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly scenes: readonly Scene[];
  /** How much happens: 1 (default) is a quiet day, about four thousand records. */
  readonly activity?: number;
  /** Lines cut off in the middle. Default 0. */
  readonly broken?: number;
  /** Lines written twice. Default 0. */
  readonly duplicates?: number;
};

/** One machine's day as its collector wrote it. */
export type Workday = {
  readonly host: string;
  readonly date: string;
  /** JSON lines without line ends, in the log's order but for a few neighbours. */
  readonly lines: readonly string[];
  readonly truth: Truth;
};

/**
 * Makes one machine's day. The same options give the same lines. All of the day is held in memory (about
 * ten megabytes at activity 1), nothing of other days is.
 */
export function workday(options: WorkdayOptions): Workday {
  const { machine, date, scenes } = options;
  const start = midnight(date);
  const day = createDay({
    seed: options.seed,
    machine,
    date,
    activity: options.activity ?? 1,
    quietAround: scenes.map((scene) => (timeOfDay(start, scene.time) - start) / MICROS_PER_HOUR),
  });
  const played = play(day, scenes);
  const random = createRandom(`${options.seed}/${machine.host}/${date}/lines`);
  const sound = toLines(machine, day.sensor.records(), date, random);
  const broken = options.broken ?? 0;
  const duplicates = options.duplicates ?? 0;
  const lines = withFaults(sound, broken, duplicates, random);
  return {
    host: machine.host.toLowerCase(),
    date,
    lines,
    truth: {
      chains: played.flatMap((one) => one.chains),
      decoys: played.flatMap((one) => one.decoys),
      gaps: gapsOf(machine, start),
      lines: { total: lines.length, records: sound.length, broken, duplicates },
    },
  };
}

export type FleetOptions = {
  readonly seed: string;
  readonly hosts: number;
  readonly days: number;
  /** `YYYY-MM-DD`; weekends are worked through. */
  readonly firstDate: string;
  /** One host-day in this many holds a chain. Default 10. */
  readonly chainEvery?: number;
  readonly activity?: number;
};

/**
 * Makes the days of a fleet one by one, day by day and host by host within a day, for benchmarks of any
 * size: memory is that of a single host-day. A hundred host-days are about four hundred thousand records.
 */
export function* fleet(options: FleetOptions): Generator<Workday, void, undefined> {
  const chainEvery = options.chainEvery ?? 10;
  const first = midnight(options.firstDate);
  for (let d = 0; d < options.days; d++) {
    const date = formatMicros(micros(first + d * MICROS_PER_DAY)).slice(0, 10);
    for (let n = 0; n < options.hosts; n++) {
      const machine = fleetMachine(n);
      const scenes = fleetPlan(machine, options.seed, d * options.hosts + n, chainEvery);
      yield workday({
        seed: options.seed,
        machine,
        date,
        scenes,
        ...(options.activity === undefined ? {} : { activity: options.activity }),
      });
    }
  }
}

function play(day: Day, scenes: readonly Scene[]): readonly Played[] {
  const desk = openDesk(day);
  tellSystem(day, desk);
  tellBrowsing(day, desk);
  tellOffice(day, desk);
  tellCraft(day, desk);
  return scenes.map((scene) => scene.play(day, desk, day.at(scene.time)));
}

/** Records in the order the log took them, numbered per log, with a few neighbours swapped by the collector. */
function toLines(machine: Machine, records: readonly LogRecord[], date: string, random: Random): string[] {
  const ordered = [...records].sort((a, b) => a.logged - b.logged);
  // Numbers go on from day to day without a day knowing the one before it: each day has a range of its own.
  const dayNumber = Math.floor(midnight(date) / MICROS_PER_DAY) % 10_000;
  const position: Record<LogName, number> = {
    sysmon: dayNumber * 1_000_000 + 1,
    security: dayNumber * 1_000_000 + 1,
    powershell: dayNumber * 10_000 + 1,
  };
  const lines = ordered.map((record) => toLine(machine, record, position[record.log]++));
  for (let i = 1; i < lines.length; i++) {
    const [before, after] = [lines[i - 1], lines[i]];
    if (!random.chance(0.004) || before === undefined || after === undefined) continue;
    lines[i - 1] = after;
    lines[i] = before;
  }
  return lines;
}

/** Faults happen to starts, connections and files: a copy of a record that is ignored would count as ignored. */
const USED_BY_ANALYTICS = /"(?:event_id|EventID)":(?:1|3|11|4688),/;

/** Adds copies of lines, whole and cut off; the whole original stays, so that no event of a story is lost. */
function withFaults(
  sound: readonly string[],
  broken: number,
  duplicates: number,
  random: Random,
): readonly string[] {
  const extra = new Map<number, string[]>();
  const add = (i: number, line: string): void => {
    extra.set(i, [...(extra.get(i) ?? []), line]);
  };
  for (let n = 0; n < broken + duplicates; ) {
    const i = random.int(0, sound.length - 1);
    const line = sound[i];
    if (line === undefined || !USED_BY_ANALYTICS.test(line)) continue;
    add(i, n < broken ? line.slice(0, Math.floor(line.length * 0.6)) : line);
    n += 1;
  }
  if (extra.size === 0) return sound;
  return sound.flatMap((line, i) => [line, ...(extra.get(i) ?? [])]);
}

function gapsOf(machine: Machine, start: Micros): readonly TelemetryGap[] {
  if (machine.telemetry !== THIN_TELEMETRY) return [];
  const host = machine.host.toLowerCase();
  const from = formatMicros(start);
  const noon = formatMicros(micros(start + THIN_SYSMON_ENDS * MICROS_PER_HOUR));
  const to = formatMicros(micros(start + MICROS_PER_DAY));
  return [
    { host, from, to, lacks: 'network connections and DNS queries' },
    { host, from: noon, to, lacks: 'files, streams, image loads and registry (Sysmon stopped)' },
    { host, from: noon, to, lacks: 'command lines (4688 without them)' },
    { host, from, to, lacks: 'PowerShell script blocks' },
  ];
}
