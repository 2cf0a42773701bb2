'use client';

import { Button } from '@/components/ui/Button';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { reasonGroups, signed } from './analyticWords';
import { TemplateText } from './TemplateText';
import { pointsIn, type TuningChange } from './tuningDraft';

type ScoreReason = AnalyticView['reasons'][number];

/** Points of every reason, each a number to step. */
export function PointsTable(props: {
  analytic: AnalyticView;
  tuning: TuningChange;
  onChange: (reason: ScoreReason, points: number) => void;
}) {
  return (
    <section aria-labelledby="points">
      <h2 id="points" className="text-15">
        Points
      </h2>
      {reasonGroups(props.analytic.reasons).map(({ group, reasons }) => (
        <div key={group}>
          <h3 className="label border-b pb-1 pt-3">{group.replaceAll('_', ' ')}</h3>
          <ul>
            {reasons.map((reason) => (
              <PointsRow
                key={reason.id}
                reason={reason}
                points={pointsIn(props.tuning, reason)}
                onChange={(points) => props.onChange(reason, points)}
              />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function PointsRow(props: { reason: ScoreReason; points: number; onChange: (points: number) => void }) {
  const { reason, points, onChange } = props;
  const changed = points !== reason.shippedPoints;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-1.5">
      <span className="min-w-0 flex-1 basis-48 text-pretty">
        <span className="machine mr-2 text-text-3">{reason.id}</span>
        <TemplateText text={reason.text} />
      </span>
      {changed ? (
        <span className="num flex items-center gap-1 text-12 text-text-3">
          shipped {signed(reason.shippedPoints)}
          <Button
            size="sm"
            variant="quiet"
            aria-label={`Reset points of ${reason.id}`}
            onClick={() => onChange(reason.shippedPoints)}
          >
            Reset
          </Button>
        </span>
      ) : null}
      <input
        type="number"
        min={-100}
        max={100}
        step={1}
        aria-label={`Points of ${reason.id}`}
        value={points}
        onChange={(event) => {
          if (event.target.value !== '') onChange(event.target.valueAsNumber);
        }}
        className={`num h-7 w-18 rounded-md border bg-surface-0 px-2 text-right ${changed ? 'border-accent font-medium' : 'border-line-strong'}`}
      />
    </li>
  );
}
