import { MICROS_PER_DAY } from '@/lib/base/time';
import type { HostLedger } from '@/lib/contracts/coverage';

type LedgerDays = HostLedger['kinds'][number]['days'];

const WIDTH = 160;
const HEIGHT = 18;

/** Events by UTC day as small bars over the days of the whole ledger, and on how many of them any came. */
export function HostLedgerDays({ days, span }: { days: LedgerDays; span: { from: string; to: string } }) {
  const first = dayNumber(span.from);
  const all = dayNumber(span.to) - first + 1;
  const most = days.reduce((max, { events }) => Math.max(max, events), 1);
  const step = WIDTH / all;
  const width = Math.min(12, Math.max(1, step - 1));
  return (
    <span className="flex items-center gap-2">
      <svg width={WIDTH} height={HEIGHT} aria-hidden="true" className="block shrink-0">
        <line x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--line)" />
        {days.map(({ day, events, hours }) => {
          const height = Math.max(1.5, (events / most) * HEIGHT);
          return (
            <rect
              key={day}
              x={(dayNumber(day) - first) * step}
              y={HEIGHT - height}
              width={width}
              height={height}
              fill="var(--text-3)"
            >
              <title>{`${day} UTC: ${counted(events, 'event')} in ${counted(hours, 'hour')}`}</title>
            </rect>
          );
        })}
      </svg>
      <span className="num whitespace-nowrap text-text-3">
        {days.length.toLocaleString('en')} of {all.toLocaleString('en')}
      </span>
    </span>
  );
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / (MICROS_PER_DAY / 1000);
}

function counted(n: number, what: string): string {
  return `${n.toLocaleString('en')} ${n === 1 ? what : `${what}s`}`;
}
