'use client';

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { createPreference } from './preference';
import {
  formatDate,
  formatDateTime,
  formatTime,
  nextZone,
  resolveZone,
  TIME_ZONES,
  type TimePrecision,
  type TimeZone,
  type TimeZoneChoice,
  zoneMinutes,
  zoneName,
} from './timeFormat';

export const timeZonePreference = createPreference<TimeZoneChoice>('timeZone', TIME_ZONES, 'utc');

export type TimeFormat = {
  /** What times are written in here: `host` only where a screen told the zone of its host. */
  zone: TimeZoneChoice;
  /** `UTC`, this browser's offset now, or `host UTC+02:00`. */
  zoneName: string;
  /** The same at an instant: this browser's offset changes over the year. */
  zoneNameAt: (iso: string) => string;
  /** Minutes the zone is ahead of UTC at an instant. */
  minutesAt: (iso: string) => number;
  time: (iso: string, precision?: TimePrecision) => string;
  date: (iso: string) => string;
  dateTime: (iso: string, precision?: TimePrecision) => string;
  /** UTC → local → the host's, where it is known → UTC; what `h` does. */
  cycle: () => void;
};

/** How this analyst wants times: the one way every screen writes them. */
export function useTimeFormat(): TimeFormat {
  const choice = timeZonePreference.use();
  const hostMinutes = useSyncExternalStore(
    subscribeHost,
    () => hostZone,
    () => null,
  );
  return useMemo(() => {
    const zone: TimeZone = resolveZone(choice, hostMinutes);
    return {
      zone: typeof zone === 'string' ? zone : 'host',
      zoneName: zoneName(zone),
      zoneNameAt: (iso) => zoneName(zone, iso),
      minutesAt: (iso) => zoneMinutes(zone, iso),
      time: (iso, precision) => formatTime(iso, zone, precision),
      date: (iso) => formatDate(iso, zone),
      dateTime: (iso, precision) => formatDateTime(iso, zone, precision),
      cycle: () => timeZonePreference.set(nextZone(choice, hostMinutes)),
    };
  }, [choice, hostMinutes]);
}

const hostListeners = new Set<() => void>();
let hostZone: number | null = null;

/**
 * While the screen that calls it is open, times can be read as its host shows them, everywhere in the app: the top bar
 * and `h` are outside of the screen. `minutes` ahead of UTC; null: not known, `host` is then left out.
 */
export function useHostZone(minutes: number | null): void {
  useEffect(() => {
    setHostZone(minutes);
    return () => setHostZone(null);
  }, [minutes]);
}

function setHostZone(minutes: number | null): void {
  hostZone = minutes;
  for (const listener of hostListeners) listener();
}

function subscribeHost(listener: () => void): () => void {
  hostListeners.add(listener);
  return () => hostListeners.delete(listener);
}

const MINUTE = 60_000;
const tickers = new Set<() => void>();
let clock: ReturnType<typeof setInterval> | undefined;
let minute = 0;

/** The time, in milliseconds, to the minute; null on the server and in the first paint. */
export function useNow(): number | null {
  return useSyncExternalStore(
    subscribeMinute,
    () => minute,
    () => null,
  );
}

function subscribeMinute(listener: () => void): () => void {
  tickers.add(listener);
  minute ||= Math.floor(Date.now() / MINUTE) * MINUTE;
  clock ??= setInterval(() => {
    minute = Math.floor(Date.now() / MINUTE) * MINUTE;
    for (const ticker of tickers) ticker();
  }, 10_000);
  return () => {
    tickers.delete(listener);
    if (tickers.size > 0) return;
    clearInterval(clock);
    clock = undefined;
  };
}
