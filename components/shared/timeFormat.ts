export const TIME_ZONES = ['utc', 'local', 'host'] as const;
/** What a reader asked for; `host` holds only on a screen that knows the zone of its host. */
export type TimeZoneChoice = (typeof TIME_ZONES)[number];

/** A zone times can be written in; a host's is known by how many minutes it is ahead of UTC, all year. */
export type TimeZone = 'utc' | 'local' | { readonly hostMinutes: number };

/** `s` for queues, `ms` for lists of events, `full` keeps every digit the source gave. */
export type TimePrecision = 'min' | 's' | 'ms' | 'full';

const ISO = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?(?:\.(\d+))?Z$/;

/** Clock time of an ISO 8601 UTC instant, e.g. `14:02:23.600`; digits beyond milliseconds survive the zone change. */
export function formatTime(iso: string, zone: TimeZone, precision: TimePrecision = 'ms'): string {
  const parts = inZone(iso, zone);
  if (!parts) return iso;
  if (precision === 'min') return parts.minutes;
  if (precision === 's') return parts.minutes + parts.seconds;
  const digits = precision === 'ms' ? parts.fraction.padEnd(3, '0').slice(0, 3) : parts.fraction;
  return parts.minutes + parts.seconds + (digits === '' ? '' : `.${digits}`);
}

/** Calendar day of an ISO instant, `2026-11-20`. */
export function formatDate(iso: string, zone: TimeZone): string {
  return inZone(iso, zone)?.date ?? iso;
}

/** Day and clock time, `2026-11-20 09:16:31.702`; without the zone's name. */
export function formatDateTime(iso: string, zone: TimeZone, precision: TimePrecision = 'ms'): string {
  return inZone(iso, zone) ? `${formatDate(iso, zone)} ${formatTime(iso, zone, precision)}` : iso;
}

/** The zone's name as shown beside times: `UTC`, this browser's offset at that instant (`UTC+01:00`), `host UTC+02:00`. */
export function zoneName(zone: TimeZone, iso?: string): string {
  if (zone === 'utc') return 'UTC';
  const minutes = zoneMinutes(zone, iso);
  const size = Math.abs(minutes);
  const offset = `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return zone === 'local' ? offset : `host ${offset}`;
}

/** Minutes a zone is ahead of UTC at an instant; now when none is given. */
export function zoneMinutes(zone: TimeZone, iso?: string): number {
  if (zone === 'utc') return 0;
  if (zone === 'local') return -(iso ? new Date(iso) : new Date()).getTimezoneOffset();
  return zone.hostMinutes;
}

/** The zone a choice comes down to: a host's zone that nobody knows is UTC. */
export function resolveZone(choice: TimeZoneChoice, hostMinutes: number | null): TimeZone {
  if (choice !== 'host') return choice;
  return hostMinutes === null ? 'utc' : { hostMinutes };
}

/** What `h` does: UTC → local → host → UTC; a screen that knows no host's zone leaves `host` out. */
export function nextZone(choice: TimeZoneChoice, hostMinutes: number | null): TimeZoneChoice {
  if (choice === 'utc') return 'local';
  if (choice === 'local') return hostMinutes === null ? 'utc' : 'host';
  return hostMinutes === null ? 'local' : 'utc';
}

/** Time between two instants in one or two units a person would say: `180 ms`, `1.3 s`, `41 s`, `5 min 20 s`, `3 d`. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.abs(milliseconds);
  if (ms < 1) return ms === 0 ? '0 s' : '<1 ms';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${trim((Math.floor(ms / 100) / 10).toFixed(1))} s`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return pair(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return pair(hours, 'h', minutes % 60, 'min');
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** Milliseconds from one ISO instant to a later one, with the microseconds as a fraction. */
export function millisecondsBetween(from: string, to: string): number {
  return exactMilliseconds(to) - exactMilliseconds(from);
}

/** How long ago, in one unit, for a queue: `now`, `12 min`, `3 h`, `2 d`, `5 mo`. */
export function formatAge(iso: string, now: number): string {
  const minutes = Math.floor((now - new Date(iso).getTime()) / 60_000);
  if (Number.isNaN(minutes)) return '';
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  const days = Math.floor(minutes / (24 * 60));
  if (days < 60) return `${days} d`;
  return days < 730 ? `${Math.floor(days / 30)} mo` : `${Math.floor(days / 365)} y`;
}

type Parts = { date: string; minutes: string; seconds: string; fraction: string };

function inZone(iso: string, zone: TimeZone): Parts | null {
  const found = ISO.exec(iso);
  if (!found) return null;
  const [, date = '', minutes = '', seconds = ':00', fraction = ''] = found;
  if (zone === 'utc') return { date, minutes, seconds, fraction };
  const local = new Date(`${date}T${minutes}${seconds}Z`);
  if (zone !== 'local') {
    const there = new Date(local.getTime() + zone.hostMinutes * 60_000);
    if (Number.isNaN(there.getTime())) return null;
    const [day = '', clock = ''] = there.toISOString().split('T');
    return { date: day, minutes: clock.slice(0, 5), seconds: clock.slice(5, 8), fraction };
  }
  return {
    date: `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`,
    minutes: `${two(local.getHours())}:${two(local.getMinutes())}`,
    seconds: `:${two(local.getSeconds())}`,
    fraction,
  };
}

function exactMilliseconds(iso: string): number {
  const fraction = /\.(\d+)Z$/.exec(iso)?.[1] ?? '';
  const whole = new Date(iso.replace(/\.\d+Z$/, 'Z')).getTime();
  return whole + (fraction === '' ? 0 : Number(`0.${fraction}`) * 1000);
}

function pair(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 || big >= 10 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}

function trim(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
