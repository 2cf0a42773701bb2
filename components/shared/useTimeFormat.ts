'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { createPreference } from './preference';
import {
  formatDate,
  formatDateTime,
  formatTime,
  TIME_ZONES,
  type TimePrecision,
  type TimeZoneChoice,
  zoneName,
} from './timeFormat';

export const timeZonePreference = createPreference<TimeZoneChoice>('timeZone', TIME_ZONES, 'utc');

export type TimeFormat = {
  zone: TimeZoneChoice;
  /** `UTC`, or this browser's offset now. */
  zoneName: string;
  time: (iso: string, precision?: TimePrecision) => string;
  date: (iso: string) => string;
  dateTime: (iso: string, precision?: TimePrecision) => string;
  /** UTC → local → UTC; what `h` does. */
  cycle: () => void;
};

/** How this analyst wants times: the one way every screen writes them. */
export function useTimeFormat(): TimeFormat {
  const zone = timeZonePreference.use();
  return useMemo(
    () => ({
      zone,
      zoneName: zoneName(zone),
      time: (iso, precision) => formatTime(iso, zone, precision),
      date: (iso) => formatDate(iso, zone),
      dateTime: (iso, precision) => formatDateTime(iso, zone, precision),
      cycle: () => timeZonePreference.set(zone === 'utc' ? 'local' : 'utc'),
    }),
    [zone],
  );
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
