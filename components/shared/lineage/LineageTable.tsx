'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { ARTEFACT_WORD, ArtefactGlyph } from '@/components/shared/ArtefactGlyph';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { ProcessGlyph } from '@/components/shared/ProcessGlyph';
import { relativeTime } from '@/components/shared/timeline/timeScale';
import {
  describeItem,
  type EventKind,
  foldWords,
  pillsOf,
  type StageName,
  unusualIntegrity,
} from './describeItem';
import { fitMiddle } from './fitText';
import { laneVariable } from './laneColours';
import type { LineageItem, LineageTree } from './lineageTree';
import type { BranchState } from './useLineage';
import { moveInTree } from './walkLineage';

type LineageTableProps = {
  tree: LineageTree;
  stages: readonly StageName[];
  lanes: ReadonlyMap<string, number>;
  /** T0 in microseconds. */
  anchorTime: number | null;
  selectedId: string | null;
  activeId: string | null;
  hoveredId: string | null;
  found: ReadonlySet<string>;
  onActivate: (id: string) => void;
  onSelect: (id: string) => void;
  onHover: (id: string | null) => void;
  onOpen: (id: string) => void;
  onClose: (id: string) => void;
  branches: ReadonlyMap<string, BranchState>;
  onLevel: (step: 1 | -1) => void;
  onEvents: ((entityId: string, kinds: readonly EventKind[]) => void) | undefined;
};

/** More rows than this are drawn as they come into sight. */
const ALL_ROWS = 200;
const ROW = 32;
const COLUMNS = ['Process or artefact', 'Link', 'User', 'State', 'Signed by', 'After T0', 'Stages', 'Events'];

/** The lineage as rows: everything the drawing says, for screen readers, small screens and people who read. */
export function LineageTable(props: LineageTableProps) {
  const { tree } = props;
  const rows = useRef(new Map<string, HTMLTableRowElement>());
  const scroller = useRef<HTMLDivElement>(null);
  const { places, virtual } = useRows(tree, scroller);
  const activeId =
    props.activeId !== null && tree.byId.has(props.activeId) ? props.activeId : tree.items[0]?.id;
  const activePlace = activeId === undefined ? -1 : (places.get(activeId) ?? -1);
  const drawn = drawnRows(tree.items.length, virtual, activePlace);

  // What is reached by search or from the drawing may be far from what is drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another item asks for this
  useLayoutEffect(() => {
    if (virtual !== null && activePlace >= 0) virtual.scrollToIndex(activePlace, { align: 'auto' });
  }, [activeId]);
  const focusing = useRef<string | null>(null);
  useLayoutEffect(() => {
    const row = focusing.current === null ? undefined : rows.current.get(focusing.current);
    if (row === undefined) return;
    focusing.current = null;
    row.focus();
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || activeId === undefined) return;
    const item = tree.byId.get(activeId);
    if (event.key === '{' || event.key === '}') props.onLevel(event.key === '{' ? 1 : -1);
    else if (event.key === 'e' && item?.type === 'process' && props.onEvents !== undefined)
      props.onEvents(item.id, []);
    else if (event.key === 'Enter' || event.key === ' ') {
      if (item?.type === 'fold') props.onOpen(activeId);
      else props.onSelect(activeId);
    } else {
      const move = moveInTree(tree, activeId, event.key, 'list');
      if (move === undefined) return;
      if ('to' in move) {
        props.onActivate(move.to);
        focusing.current = move.to;
        rows.current.get(move.to)?.focus();
      } else if ('open' in move) props.onOpen(move.open);
      else props.onClose(move.close);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={scroller} className="size-full overflow-auto">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a treegrid is a table whose rows open
        role="treegrid"
        aria-label="Process lineage as a table"
        aria-rowcount={tree.items.length + 1}
        className="w-full border-separate border-spacing-0 text-left"
        onKeyDown={onKeyDown}
      >
        <thead className="sticky top-0 z-10 bg-surface-0">
          <tr>
            {COLUMNS.map((title) => (
              <th key={title} scope="col" className="label border-b px-3 py-1.5 font-medium first:pl-4">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drawn.flatMap(({ index, before }) => {
            const item = tree.items[index];
            if (item === undefined) return [];
            return [
              ...(before > 0 ? [<Space key={`before:${item.id}`} height={before} />] : []),
              <tr
                key={item.id}
                data-index={index}
                ref={(element) => {
                  if (element === null) rows.current.delete(item.id);
                  else {
                    rows.current.set(item.id, element);
                    virtual?.measureElement(element);
                  }
                }}
                aria-label={describeItem(item, tree, props.stages)}
                aria-rowindex={index + 2}
                aria-level={item.level}
                aria-posinset={item.posInSet}
                aria-setsize={item.setSize}
                aria-selected={item.id === props.selectedId}
                {...(item.type === 'process' && item.expanded !== undefined
                  ? { 'aria-expanded': item.expanded }
                  : {})}
                {...(item.type === 'fold' ? { 'aria-expanded': false } : {})}
                tabIndex={item.id === activeId ? 0 : -1}
                className={clsx(
                  'focus-inset h-8 cursor-pointer',
                  item.id === props.selectedId
                    ? 'bg-accent-soft'
                    : item.id === props.hoveredId
                      ? 'bg-surface-2'
                      : undefined,
                )}
                onFocus={() => props.onActivate(item.id)}
                onPointerEnter={() => props.onHover(item.id)}
                onPointerLeave={() => props.onHover(null)}
                onClick={() => (item.type === 'fold' ? props.onOpen(item.id) : props.onSelect(item.id))}
              >
                <Cells item={item} {...props} />
              </tr>,
            ];
          })}
          {virtual === null ? null : <Space height={restBelow(virtual, drawn)} />}
        </tbody>
      </table>
    </div>
  );
}

type Rows = ReturnType<typeof useVirtualizer<HTMLDivElement, HTMLTableRowElement>>;

/** Places of the rows, and which are drawn; null where all are. */
function useRows(tree: LineageTree, scroller: { current: HTMLDivElement | null }) {
  const places = useMemo(() => new Map(tree.items.map((item, place) => [item.id, place])), [tree]);
  const virtual: Rows = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: tree.items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 20,
    enabled: tree.items.length > ALL_ROWS,
  });
  return { places, virtual: tree.items.length > ALL_ROWS ? virtual : null };
}

/** Rows to draw with the room kept for those left out before each; the row that has the focus always is one. */
function drawnRows(count: number, virtual: Rows | null, active: number): { index: number; before: number }[] {
  if (virtual === null) return Array.from({ length: count }, (_, index) => ({ index, before: 0 }));
  const shown = virtual
    .getVirtualItems()
    .map((row) => ({ index: row.index, start: row.start, end: row.end }));
  const kept = virtual.measurementsCache[active];
  if (kept !== undefined && !shown.some((row) => row.index === active))
    shown.push({ index: active, start: kept.start, end: kept.end });
  shown.sort((a, b) => a.index - b.index);
  return shown.map((row, i) => ({ index: row.index, before: row.start - (shown[i - 1]?.end ?? 0) }));
}

function restBelow(virtual: Rows, drawn: readonly { index: number }[]): number {
  const last = virtual.measurementsCache[drawn.at(-1)?.index ?? -1];
  return Math.max(0, virtual.getTotalSize() - (last?.end ?? 0));
}

/** Room of rows that are not drawn. */
function Space({ height }: { height: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of nothing takes no focus
    <tr aria-hidden="true">
      <td colSpan={COLUMNS.length} style={{ height }} />
    </tr>
  );
}

const CELL = 'whitespace-nowrap border-b px-3 py-1 align-middle';

function Cells({ item, ...props }: LineageTableProps & { item: LineageItem }) {
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
          {props.found.has(item.id) ? <span className="text-accent">found</span> : null}
        </span>
      </td>
      <td className={clsx(CELL, process.link.strength === 'broken' ? 'text-warning' : 'text-text-2')}>
        {process.link.strength === 'root' ? 'parent not recorded' : process.link.strength}
        {process.link.reason === null ? null : (
          <span
            className="ml-1 inline-block max-w-52 truncate align-bottom text-text-3"
            title={hostilePlain(process.link.reason)}
          >
            · <HostileText text={process.link.reason} />
          </span>
        )}
        {process.requestedBy === undefined ? null : (
          <span className="block max-w-72 truncate text-text-2" title={hostilePlain(process.requestedBy)}>
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
