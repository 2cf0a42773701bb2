import { clsx } from 'clsx';
import { ARTEFACT_WORD, ArtefactGlyph } from '@/components/shared/ArtefactGlyph';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { ProcessGlyph } from '@/components/shared/ProcessGlyph';
import { hitsTitle, SigmaSign } from '@/components/shared/sigma/SigmaSquare';
import { hitsWords, worstOf } from '@/components/shared/sigma/sigmaMarks';
import { relativeTime } from '@/components/shared/timeline/timeScale';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { foldWords, pillsOf, type StageName, unusualIntegrity } from './describeItem';
import { fitMiddle } from './fitText';
import { laneVariable } from './laneColours';
import type { ItemHits } from './lineageHits';
import type { LineageItem } from './lineageTree';
import type { BranchState } from './useLineage';

/** Titles of the columns, in the order of the cells. */
export const COLUMNS = [
  'Process or artefact',
  'Link',
  'User',
  'State',
  'Signed by',
  'After T0',
  'Stages',
  'Events',
];

const CELL = 'whitespace-nowrap border-b px-3 py-1 align-middle';

/** What the cells of every row need beside their item. */
type CellProps = {
  stages: readonly StageName[];
  lanes: ReadonlyMap<string, number>;
  /** T0 in microseconds. */
  anchorTime: number | null;
  found: ReadonlySet<string>;
  /** Hits of Sigma by item. */
  hits: ItemHits;
  branches: ReadonlyMap<string, BranchState>;
  onOpen: (id: string) => void;
  onClose: (id: string) => void;
};

/** The cells of one row: a process, an artefact, or a stack of what is folded. */
export function Cells({ item, ...props }: CellProps & { item: LineageItem }) {
  const indent = { paddingLeft: 16 + Math.min(item.level - 1, 12) * 14 };
  if (item.type === 'fold') {
    const branch = item.kind === 'unsent' ? props.branches.get(item.hostId ?? '') : undefined;
    const [first, second] = foldWords(item);
    return (
      <td colSpan={COLUMNS.length} className={clsx(CELL, 'text-text-2')} style={indent}>
        <span className="inline-block w-4" aria-hidden="true">
          +
        </span>
        <HostileText text={first} />
        {branch?.state === 'failed' ? (
          <span className="ml-2 text-warning">
            could not be read; press to try again: {hostilePlain(branch.error.message)}
          </span>
        ) : (
          <span className="machine ml-2 text-text-3">
            {branch?.state === 'reading' ? 'reading' : hostilePlain(second)}
          </span>
        )}
        <HitsCell hits={props.hits.get(item.id)} />
      </td>
    );
  }
  if (item.type === 'artefact') {
    const { artefact } = item;
    return (
      <>
        <td className={CELL} style={indent}>
          <span className="flex items-center gap-2">
            <span className="w-4" aria-hidden="true" />
            <ArtefactGlyph kind={artefact.type} size={14} />
            <span className="max-w-80 truncate font-medium">
              <HostileText text={artefact.label} />
            </span>
            <span className="max-w-60 truncate text-text-3">
              {artefact.detail === null ? ARTEFACT_WORD[artefact.type] : hostilePlain(artefact.detail)}
            </span>
          </span>
        </td>
        <td className={clsx(CELL, 'text-text-2')}>{artefact.strength}</td>
        <td className={CELL} />
        <td className={CELL} />
        <td className={CELL} />
        <TimeCell time={item.time} anchorTime={props.anchorTime} />
        <td className={CELL}>{titleOf(artefact.stage, props.stages)}</td>
        <td className={CELL} />
      </>
    );
  }
  const { process } = item;
  return (
    <>
      <td className={CELL} style={indent}>
        <span className="flex items-center gap-2 whitespace-nowrap">
          {item.expanded === undefined ? (
            <span className="w-4" aria-hidden="true" />
          ) : (
            <button
              type="button"
              tabIndex={-1}
              aria-hidden="true"
              className="-m-1 grid size-6 place-items-center text-text-3"
              onClick={(event) => {
                event.stopPropagation();
                if (item.expanded === true) props.onClose(item.id);
                else props.onOpen(item.id);
              }}
            >
              {item.expanded ? '−' : '+'}
            </button>
          )}
          <span style={{ color: laneVariable(props.lanes.get(item.id)) }}>
            <ProcessGlyph kind={process.class} size={14} />
          </span>
          <span className={process.onPath ? 'font-semibold' : undefined}>
            <HostileText text={fitMiddle(process.name, 60)} />
          </span>
          <span className="num font-mono text-12 text-text-3">{process.pid ?? 'pid unknown'}</span>
          {process.alerts > 0 ? (
            <span className="text-sev-high">{`${process.alerts} ${process.alerts === 1 ? 'alert' : 'alerts'}`}</span>
          ) : null}
          <HitsCell hits={props.hits.get(item.id)} />
          {props.found.has(item.id) ? <span className="text-accent">found</span> : null}
        </span>
      </td>
      <td className={clsx(CELL, process.link.strength === 'broken' ? 'text-warning' : 'text-text-2')}>
        {process.link.strength === 'root' ? 'parent not recorded' : process.link.strength}
        {process.link.reason === null ? null : (
          <span
            className="ml-1 inline-block max-w-40 truncate align-bottom text-text-3"
            title={hostilePlain(process.link.reason)}
          >
            · <HostileText text={process.link.reason} />
          </span>
        )}
        {process.requestedBy === undefined ? null : (
          <span className="block max-w-56 truncate text-text-2" title={hostilePlain(process.requestedBy)}>
            <HostileText text={process.requestedBy} />
          </span>
        )}
      </td>
      <td className={clsx(CELL, 'text-text-2')}>
        <HostileText
          text={[process.user, unusualIntegrity(process)].filter((part) => part !== null).join(' · ')}
        />
      </td>
      <td className={clsx(CELL, 'text-text-2')}>{process.state}</td>
      <td className={clsx(CELL, process.signer === null ? 'text-text-3' : 'text-text-2')}>
        <span className="inline-block max-w-48 truncate align-bottom">
          {process.signer === null ? 'not recorded' : <HostileText text={process.signer} />}
        </span>
      </td>
      <TimeCell time={process.startedAt === null ? null : item.time} anchorTime={props.anchorTime} />
      <td className={CELL}>{process.stages.map((id) => titleOf(id, props.stages)).join(', ')}</td>
      <td className={clsx(CELL, 'whitespace-nowrap text-text-2')}>
        {pillsOf(process)
          .map((pill) => pill.words)
          .join(', ')}
      </td>
    </>
  );
}

/** Hits of Sigma in a row: the mark with its words. */
function HitsCell({ hits }: { hits: readonly SigmaHitView[] | undefined }) {
  return hits === undefined ? null : (
    <span className="num ml-2 inline-flex items-center gap-1 text-text-2" title={hitsTitle(hits)}>
      <SigmaSign level={worstOf(hits)} />
      {hitsWords(hits)}
    </span>
  );
}

function TimeCell({ time, anchorTime }: { time: number | null; anchorTime: number | null }) {
  return (
    <td className={clsx(CELL, 'whitespace-nowrap font-mono text-12 text-text-2')}>
      {time === null ? 'unknown' : anchorTime === null ? '' : relativeTime(time, anchorTime)}
    </td>
  );
}

function titleOf(stageId: string | null, stages: readonly StageName[]): string {
  if (stageId === null) return '';
  const index = stages.findIndex((stage) => stage.id === stageId);
  return index < 0 ? stageId : `${index + 1} ${stages[index]?.title ?? stageId}`;
}
