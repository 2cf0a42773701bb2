import { assert } from '../base/assert';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE, type Micros, micros, parseMicros } from '../base/time';
import { createRandom } from './random';

/** What its owner does all day decides which programs run and which look-alikes occur. */
export type Role = 'finance' | 'engineering' | 'people';

/** How the collector wrote the records: winlogbeat 7, nested; or one flat object as NXLog and Mordor write. */
export type RecordShape = 'winlogbeat' | 'flat';

/** An account as the logs name it. */
export type Account = {
  readonly domain: string;
  readonly name: string;
  readonly sid: string;
  readonly logonId: string;
};

/** A host, its owner, its sensors and the quirks of its collector. */
export type Machine = {
  /** As the records write it, with domain. */
  readonly host: string;
  readonly owner: Account;
  readonly home: string;
  readonly ip: string;
  readonly role: Role;
  readonly shape: RecordShape;
  /** The log's time minus UTC: a collector in local time that nevertheless writes a Z. */
  readonly logOffset: number;
  /** Error of the clock behind Sysmon 3 and 22, constant per file as in real recordings. */
  readonly networkClockError: number;
  /** GUIDs in braces and lower case, as Sysmon writes them; or bare and upper case, as some exports do. */
  readonly bareGuids: boolean;
  /** Whether the day begins with the machine's boot; else explorer and services are older than the data. */
  readonly boots: boolean;
  readonly telemetry: Telemetry;
};

/** What the host records, by hour of day (0 to 24, fractions allowed). */
export type Telemetry = {
  readonly sysmon: (eventId: number, hour: number) => boolean;
  /** The policy "Include command line in process creation events". */
  readonly commandLinesIn4688: boolean;
  /** PowerShell script block logging. */
  readonly scriptBlocks: boolean;
};

/** Sysmon with all we need, 4688 with command lines, script blocks. */
export const FULL_TELEMETRY: Telemetry = { sysmon: () => true, commandLinesIn4688: true, scriptBlocks: true };

/** Sysmon without network and DNS until half past twelve, then no Sysmon at all; 4688 without command lines; no script blocks. */
export const THIN_TELEMETRY: Telemetry = {
  sysmon: (eventId, hour) => hour < THIN_SYSMON_ENDS && eventId !== 3 && eventId !== 22,
  commandLinesIn4688: false,
  scriptBlocks: false,
};

/** Hour at which Sysmon stops on a machine with THIN_TELEMETRY. */
export const THIN_SYSMON_ENDS = 12.5;

const OWNERS = {
  finance: ['m.keller', 'a.lindqvist', 'p.moreau', 'j.hartono'],
  engineering: ['t.okafor', 'r.santos', 'k.virtanen', 'd.petrov'],
  people: ['s.ivers', 'n.abadi', 'c.oyelaran', 'l.brandt'],
} as const;

const PREFIX = { finance: 'FIN-WS', engineering: 'ENG-WS', people: 'HR-LT' } as const;

/** The three machines of the shipped sample. */
export function sampleMachines(): readonly [Machine, Machine, Machine] {
  return [
    machineOf({ number: 7, role: 'finance', shape: 'winlogbeat', boots: true }),
    machineOf({
      number: 12,
      role: 'engineering',
      shape: 'flat',
      logOffset: -5 * MICROS_PER_HOUR,
      networkClockError: -(8 * MICROS_PER_HOUR + 34 * MICROS_PER_MINUTE),
    }),
    machineOf({
      number: 22,
      role: 'people',
      shape: 'winlogbeat',
      boots: true,
      bareGuids: true,
      telemetry: THIN_TELEMETRY,
    }),
  ];
}

/** The n-th machine (from 0) of a fleet of any size: roles, shapes and quirks rotate with different periods. */
export function fleetMachine(n: number): Machine {
  const role = (['finance', 'engineering', 'people'] as const)[n % 3] ?? 'finance';
  const shape = n % 2 === 0 ? 'winlogbeat' : 'flat';
  return machineOf({
    number: 100 + n,
    role,
    shape,
    boots: n % 5 !== 0,
    bareGuids: n % 7 === 3,
    logOffset: shape === 'flat' && n % 4 === 1 ? -5 * MICROS_PER_HOUR : 0,
    networkClockError: n % 6 === 2 ? -3 * MICROS_PER_HOUR : 0,
    telemetry: n % 8 === 5 ? THIN_TELEMETRY : FULL_TELEMETRY,
  });
}

type MachineOptions = { readonly number: number } & Pick<Machine, 'role' | 'shape'> &
  Partial<Pick<Machine, 'logOffset' | 'networkClockError' | 'bareGuids' | 'boots' | 'telemetry'>>;

function machineOf(options: MachineOptions): Machine {
  const { number, role, shape } = options;
  const host = `${PREFIX[role]}${String(number).padStart(2, '0')}.corp.example`;
  const random = createRandom(host);
  const name = number < 100 ? OWNERS[role][0] : `${random.pick(OWNERS[role])}${number}`;
  return {
    host,
    owner: {
      domain: 'CORP',
      name,
      sid: `S-1-5-21-1707341960-2284511903-1185097437-${1100 + number}`,
      logonId: `0x${random.hex(5).replace(/^0/, '5')}`,
    },
    home: `C:\\Users\\${name}`,
    ip: `10.20.${7 + Math.floor(number / 200)}.${10 + (number % 200)}`,
    role,
    shape,
    logOffset: options.logOffset ?? 0,
    networkClockError: options.networkClockError ?? 0,
    bareGuids: options.bareGuids ?? false,
    boots: options.boots ?? false,
    telemetry: options.telemetry ?? FULL_TELEMETRY,
  };
}

/** Midnight UTC of a `YYYY-MM-DD` day. */
export function midnight(day: string): Micros {
  const time = parseMicros(day);
  assert(time !== undefined, `day ${day}`);
  return time;
}

/** A time of day, `hh:mm` or `hh:mm:ss.fff`, on the day that begins at `start`. */
export function timeOfDay(start: Micros, text: string): Micros {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return micros(start + Math.round(((hours * 60 + minutes) * 60 + seconds) * 1_000_000));
}
