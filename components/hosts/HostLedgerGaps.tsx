import type { ReactNode } from 'react';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { MonoText } from '@/components/shared/MonoText';
import { TimeText } from '@/components/shared/TimeText';
import { KIND_WORDS } from '@/components/shared/timeline/markShape';
import type { HostLedger } from '@/lib/contracts/coverage';
import { shareText } from './hostWords';

/** Shown at once; a source that comes and goes has hundreds. */
const LISTED = 8;

/** Kinds that came in a rhythm and then did not, each with when. */
export function HostLedgerSilences({ silences }: { silences: HostLedger['silences'] }) {
  return (
    <PanelSection title="Silences against its own rhythm">
      {silences.length === 0 ? (
        <p className="text-text-3">
          None. A rhythm is known of kinds that came on at least seven days; others are not judged.
        </p>
      ) : (
        <Folded
          items={[...silences].reverse().map((silence) => (
            <li key={`${silence.kind}${silence.from}`} className="border-b py-1.5 last:border-b-0">
              <span className="text-blind">
                <TimeText at={silence.from} date precision="min" /> to{' '}
                <TimeText at={silence.to} date precision="min" zone />
              </span>
              {': '}
              <span className="font-medium">{KIND_WORDS[silence.kind]}</span>,{' '}
              <span className="text-text-2">{silence.reason}.</span>
            </li>
          ))}
        />
      )}
    </PanelSection>
  );
}

/** Numbers of each log that no import brought, the largest stretches with their times. */
export function HostLedgerHoles({ holes }: { holes: HostLedger['holes'] }) {
  return (
    <PanelSection title="Numbers of its logs that never came">
      {holes.length === 0 ? (
        <p className="text-text-3">
          None between the first and the last that came, in logs that number their records.
        </p>
      ) : (
        <ul>
          {holes.map((log) => (
            <li key={log.channel} className="border-b py-1.5 last:border-b-0">
              <p>
                <MonoText text={log.channel} className="font-medium" />
                <span className="num text-text-2">
                  {`: ${records(log.missing)} missing, ${shareText(log.held)} of its numbers came. They were left out before the export, lost, or are in a file that was not imported.`}
                </span>
              </p>
              {log.largest.length === 0 ? null : <Largest holes={log.largest} />}
            </li>
          ))}
        </ul>
      )}
    </PanelSection>
  );
}

function Largest({ holes }: { holes: HostLedger['holes'][number]['largest'] }) {
  return (
    <Folded
      items={holes.map((hole) => (
        <li key={hole.fromId} className="num py-0.5 pl-4 text-text-2">
          <span className="text-blind">
            <TimeText at={hole.from} date precision="s" /> to{' '}
            <TimeText at={hole.to} date precision="s" zone />
          </span>
          {hole.records === 1
            ? `: number ${hole.fromId.toLocaleString('en')}`
            : `: ${records(hole.records)}, numbers ${hole.fromId.toLocaleString('en')} to ${hole.toId.toLocaleString('en')}`}
        </li>
      ))}
    />
  );
}

/** The first of a list, the others behind a line that says how many there are. */
function Folded({ items }: { items: readonly ReactNode[] }) {
  const rest = items.slice(LISTED);
  return (
    <>
      <ul>{items.slice(0, LISTED)}</ul>
      {rest.length === 0 ? null : (
        <details>
          <summary className="num flex min-h-6 cursor-pointer items-center text-text-2">
            {LISTED} of {items.length.toLocaleString('en')}; show the others
          </summary>
          <ul>{rest}</ul>
        </details>
      )}
    </>
  );
}

function records(n: number): string {
  return `${n.toLocaleString('en')} ${n === 1 ? 'record' : 'records'}`;
}
