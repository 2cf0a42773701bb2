'use client';

import { useQuery } from '@tanstack/react-query';
import { PeriodPicker } from '@/components/shared/period/PeriodPicker';
import { usePeriod } from '@/components/shared/period/usePeriod';
import { buttonClass } from '@/components/ui/Button';
import { layerDaysQuery } from './attackQueries';
import { layerHref } from './attackWords';

const LAYERS = [
  { score: 'visible', label: 'Visible', about: 'what share of the time each technique could be seen' },
  { score: 'proven', label: 'Proven', about: 'on what share of hosts a replayed attack proved it' },
] as const;

/** Coverage by technique as files that ATT&CK Navigator opens, over the days in the address. */
export function LayerDownloads() {
  const { from, to } = usePeriod();
  const days = useQuery(layerDaysQuery({ from, to })).data;
  return (
    <section aria-labelledby="attack-layers" className="space-y-1.5 print:hidden">
      <h2 id="attack-layers" className="label">
        Layers for ATT&CK Navigator
      </h2>
      <PeriodPicker shown={days} />
      <ul className="flex flex-wrap gap-2">
        {LAYERS.map(({ score, label, about }) => (
          <li key={score}>
            <a
              download
              href={layerHref(score, { from, to })}
              title={`Layer file: ${about}`}
              aria-label={`Download the layer “${label}”: ${about}`}
              className={buttonClass({ size: 'sm' })}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
      <p className="max-w-[44ch] text-12 text-text-3">
        Files in layer format 4.5
        {days === undefined
          ? ''
          : `, of ${days.hosts} ${days.hosts === 1 ? 'host' : 'hosts'} from ${days.from} to ${days.to}`}
        .
      </p>
    </section>
  );
}
