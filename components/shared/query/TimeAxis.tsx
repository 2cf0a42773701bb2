'use client';

import { formatMicros, MICROS_PER_DAY, MICROS_PER_MINUTE, MICROS_PER_SECOND, micros } from '@/lib/base/time';
import { useTimeFormat } from '../useTimeFormat';
import { axisTicks } from './axisTicks';
import type { TimeSpan } from './histogramLayout';

/** Round times under bars of the same span and width; decoration, the ends are told in words elsewhere. */
export function TimeAxis({ span, width }: { span: TimeSpan; width: number }) {
  const format = useTimeFormat();
  const { ticks, step } = axisTicks(span, width);
  const write = (time: number) => {
    const iso = formatMicros(micros(Math.round(time)));
    if (step >= MICROS_PER_DAY) return format.date(iso);
    // The day stands once where the span holds several, at the first tick of each.
    return format.time(iso, step >= MICROS_PER_MINUTE ? 'min' : step >= MICROS_PER_SECOND ? 's' : 'ms');
  };
  let day = '';
  return (
    <div aria-hidden="true" className="relative h-4 overflow-hidden" style={{ width }}>
      {ticks.map(({ time, x }) => {
        const date = format.date(formatMicros(micros(Math.round(time))));
        const newDay = step < MICROS_PER_DAY && date !== day;
        day = date;
        return (
          <span
            key={time}
            className="num absolute top-0 whitespace-nowrap border-l pl-1 font-mono text-11 text-text-3"
            style={{ left: x }}
          >
            {x > width - 40 ? '' : newDay && x < width - 110 ? `${date} ${write(time)}` : write(time)}
          </span>
        );
      })}
    </div>
  );
}
