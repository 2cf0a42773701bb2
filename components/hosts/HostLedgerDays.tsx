import { counted } from '@/lib/base/numberWords';
import { MICROS_PER_DAY } from '@/lib/base/time';
import type { HostLedger } from '@/lib/contracts/coverage';

type LedgerDays = HostLedger['kinds'][number]['days'];

const WIDTH = 160;
const HEIGHT = 18;

type DaysProps = { days: LedgerDays; span: { from: string; to: string } };

/** Events by UTC day as small bars over the days of the whole ledger, and the same as a table that can be opened. */
export function HostLedgerDays(props: DaysProps) {
  return (
    <details>
      <summary className="min-h-6 cursor-pointer list-none">
        <Bars {...props} />
      </summary>
      <table className="num my-1 border-collapse text-left">
        <caption className="sr-only">Events by day</caption>
        <thead>
          <tr>
            {['Day, UTC', 'Events', 'Hours with any'].map((words) => (
              <th key={words} scope="col" className="label border-b pr-4">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.days.map(({ day, events, hours }) => (
            <tr key={day}>
              <th scope="row" className="pr-4 font-normal">
                {day}
              </th>
              <td className="pr-4 text-right">{events.toLocaleString('en')}</td>
              <td className="pr-4 text-right">{hours.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** The bars, and on how many of the days any event came. */
function Bars({ days, span }: DaysProps) {
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
        <span className="sr-only"> days: the table</span>
      </span>
    </span>
  );
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / (MICROS_PER_DAY / 1000);
}
