import { MICROS_PER_HOUR, MICROS_PER_MINUTE, type Micros, micros } from '../base/time';
import { type Machine, midnight, timeOfDay } from './machine';
import { createRandom, type Random } from './random';
import { createSensor, type Running, type Sensor } from './sensor';
import { type TrueProcess, trueProcess } from './truth';

/** One machine's day while it is being made. Times of day are UTC. */
export type Day = {
  readonly machine: Machine;
  readonly sensor: Sensor;
  readonly random: Random;
  /** How much happens: 1 is a quiet day of about four thousand records. */
  readonly activity: number;
  /** `hh:mm:ss.fff` of this day. */
  readonly at: (time: string) => Micros;
  /**
   * `count` (times activity) sorted times between two hours. Times at which a person is `quiet` are left
   * out, so that chance cannot complete a story or join a look-alike to one.
   */
  readonly times: (purpose: string, count: number, from: number, to: number) => readonly Micros[];
  /** A process as the truth names it: with an entity id if Sysmon ran when it started. */
  readonly named: (process: Running) => TrueProcess;
};

export type DayOptions = {
  readonly seed: string;
  readonly machine: Machine;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly activity: number;
  /** Hours of day around which nothing else that a person does happens. */
  readonly quietAround: readonly number[];
};

/** Prepares an empty day. */
export function createDay(options: DayOptions): Day {
  const { machine } = options;
  const start = midnight(options.date);
  const random = createRandom(`${options.seed}/${machine.host}/${options.date}`);
  const quiet = options.quietAround.map((hour) => start + hour * MICROS_PER_HOUR);
  return {
    machine,
    sensor: createSensor(machine, start, random.fork('sensor')),
    random: random.fork('acts'),
    activity: options.activity,
    at: (time) => timeOfDay(start, time),
    times(purpose, count, from, to) {
      const choose = random.fork(`times/${purpose}`);
      const times: Micros[] = [];
      for (let i = 0; i < Math.round(count * options.activity); i++) {
        const time = micros(start + Math.round((from + choose.next() * (to - from)) * 3600_000) * 1000);
        if (quiet.every((moment) => time < moment - QUIET_BEFORE || time > moment + QUIET_AFTER))
          times.push(time);
      }
      return times.sort((a, b) => a - b);
    },
    named: (process) =>
      trueProcess(process, machine.telemetry.sysmon(1, (process.startedAt - start) / MICROS_PER_HOUR)),
  };
}

const QUIET_BEFORE = 6 * MICROS_PER_MINUTE;
const QUIET_AFTER = 9 * MICROS_PER_MINUTE;

/** A time some milliseconds later. */
export function later(time: Micros, milliseconds: number): Micros {
  return micros(time + Math.round(milliseconds) * 1000);
}
