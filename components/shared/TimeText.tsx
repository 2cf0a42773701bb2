'use client';

import { clsx } from 'clsx';
import { formatAge, formatDateTime, type TimePrecision, zoneName } from './timeFormat';
import { useNow, useTimeFormat } from './useTimeFormat';

type TimeTextProps = {
  /** ISO 8601 UTC. */
  at: string;
  precision?: TimePrecision | undefined;
  /** With the day in front. */
  date?: boolean | undefined;
  /** With the zone's name behind. */
  zone?: boolean | undefined;
  className?: string | undefined;
};

/** An instant as the analyst chose to read it; the other reading, with every digit, on hover. */
export function TimeText({ at, precision = 'ms', date = false, zone = false, className }: TimeTextProps) {
  const format = useTimeFormat();
  return (
    <time dateTime={at} title={bothZones(at)} className={clsx('whitespace-nowrap', className)}>
      {date ? format.dateTime(at, precision) : format.time(at, precision)}
      {zone ? ` ${format.zoneNameAt(at)}` : null}
    </time>
  );
}

/** How long ago, kept fresh; the instant itself on hover. */
export function AgeText({
  at,
  title,
  className,
}: {
  at: string;
  title?: string;
  className?: string | undefined;
}) {
  const now = useNow();
  return (
    <time dateTime={at} title={title ?? bothZones(at)} className={clsx('whitespace-nowrap', className)}>
      {now === null ? '' : formatAge(at, Math.max(now, Date.parse(at)))}
    </time>
  );
}

function bothZones(at: string): string {
  return `${formatDateTime(at, 'utc', 'full')} UTC\n${formatDateTime(at, 'local', 'full')} ${zoneName('local', at)}`;
}
