'use client';

import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { formatDuration } from '@/components/shared/timeFormat';
import { Toggle } from '@/components/ui/Toggle';
import type { HostView } from '@/lib/contracts/hosts';
import { useDecideClock } from './queries';

/** How far each product's clock is from the reference's, from what that was measured, and the switch. */
export function ClockSection({ host }: { host: HostView }) {
  const decide = useDecideClock(host.id);
  if (host.productClocks.length === 0) return null;
  return (
    <PanelSection title="Clocks of other products">
      <ul>
        {host.productClocks.map((clock) => (
          <li key={clock.product} className="flex items-start gap-3 border-b py-1.5 last:border-b-0">
            <span className="min-w-0 flex-1">
              <span className="block">
                <HostileText text={clock.product} />{' '}
                <span className={clock.applied ? 'num text-warning' : 'num text-text-2'}>
                  {offsetText(clock)}
                </span>
              </span>
              <span className="num block text-12 text-text-3">
                {clock.agreeing} of {clock.pairs} starts that both recorded agree within 2 s
                {clock.applied ? '; its events are moved' : '; its events are left as reported'}
              </span>
            </span>
            <Allowed to="hosts.decide">
              <Toggle
                pressed={clock.choice === 'estimated'}
                onChange={(pressed) =>
                  decide.mutate({ product: clock.product, choice: pressed ? 'estimated' : 'as_reported' })
                }
              >
                Correct it
              </Toggle>
            </Allowed>
          </li>
        ))}
      </ul>
      {decide.error ? (
        <ProblemNote
          compact
          error={decide.error}
          what="The clock was not changed"
          safe="Times are as before."
        />
      ) : null}
    </PanelSection>
  );
}

function offsetText(clock: HostView['productClocks'][number]): string {
  const length = formatDuration(Math.abs(clock.offsetSeconds) * 1000);
  if (Math.abs(clock.offsetSeconds) < 0.001) return `agrees with ${clock.reference}`;
  return `${length} ${clock.offsetSeconds > 0 ? 'ahead of' : 'behind'} ${clock.reference}`;
}
