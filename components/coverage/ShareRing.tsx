import { CoverageMark } from '@/components/shared/CoverageMark';
import type { CoverageTime } from '@/lib/contracts/coverage';
import { type RingArc, ringArcs } from './chartGeometry';

const SIZE = 16;
const R = 6;
const ROUND = 2 * Math.PI * R;

/** How each state is drawn: a thick line, a thin one, a broken one; colour only says it again. */
const LOOK: Record<RingArc['state'], { stroke: string; strokeWidth: number; broken: boolean }> = {
  visible: { stroke: 'var(--matched)', strokeWidth: 3, broken: false },
  partial: { stroke: 'var(--absent)', strokeWidth: 1.2, broken: false },
  blind: { stroke: 'var(--blind)', strokeWidth: 3, broken: true },
};

/**
 * The share of time by state as a ring, decoration beside its words; where nothing was seen whole, the state's mark.
 * `proven` fills its centre.
 */
export function ShareRing({ time, proven = false }: { time: CoverageTime; proven?: boolean }) {
  const arcs = ringArcs(time);
  if (arcs.length === 0) return <NoMark />;
  if (time.visible <= 0)
    return (
      <span className="grid size-4 shrink-0 place-items-center">
        <CoverageMark state={time.blind >= time.partial ? 'blind' : 'partial'} />
      </span>
    );
  return (
    <svg
      width={SIZE}
      height={SIZE}
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      aria-hidden="true"
      className="keep-colour shrink-0 -rotate-90"
    >
      {arcs.map((arc) => (
        <Arc key={arc.state} arc={arc} />
      ))}
      {proven ? <circle cx={SIZE / 2} cy={SIZE / 2} r={2.6} fill="var(--text-1)" /> : null}
    </svg>
  );
}

function Arc({ arc }: { arc: RingArc }) {
  const { stroke, strokeWidth, broken } = LOOK[arc.state];
  const [from, length] = [arc.from * ROUND, arc.length * ROUND];
  return (
    <circle
      cx={SIZE / 2}
      cy={SIZE / 2}
      r={R}
      fill="none"
      stroke={stroke}
      strokeWidth={strokeWidth}
      strokeDasharray={broken ? dashes(length) : `${length} ${ROUND}`}
      strokeDashoffset={-from}
    />
  );
}

/** A broken line of this length, then nothing for the rest of the ring. */
function dashes(length: number): string {
  const pairs = Math.max(1, Math.floor(length / 2.4));
  const step = length / pairs;
  const line = Array.from({ length: pairs }, () => `${step * 0.62} ${step * 0.38}`);
  return `${line.join(' ')} 0 ${ROUND}`;
}

function NoMark() {
  return (
    <span aria-hidden="true" className="grid size-4 shrink-0 place-items-center">
      <span className="size-3 rounded-full border border-dashed border-line-strong" />
    </span>
  );
}

/** What the filled centre means, beside the legend of the three states. */
export function ProvenLegend() {
  return (
    <span className="flex items-center gap-1.5 text-12 text-text-2">
      <ShareRing time={{ visible: 1, partial: 0, blind: 0 }} proven />
      proven on a host by a replayed attack
    </span>
  );
}
