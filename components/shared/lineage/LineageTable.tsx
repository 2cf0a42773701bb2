'use client';

import { clsx } from 'clsx';
import { type KeyboardEvent, useRef } from 'react';
import { ARTEFACT_WORD, ArtefactGlyph } from '@/components/shared/ArtefactGlyph';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { ProcessGlyph } from '@/components/shared/ProcessGlyph';
import { relativeTime } from '@/components/shared/timeline/timeScale';
import { describeItem, pillsOf, type StageName } from './describeItem';
import { laneVariable } from './laneColours';
import { type LineageItem, type LineageTree, microsOf } from './lineageTree';
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
};

/** The lineage as rows: everything the drawing says, for screen readers, small screens and people who read. */
export function LineageTable(props: LineageTableProps) {
  const { tree } = props;
  const rows = useRef(new Map<string, HTMLTableRowElement>());
  const activeId =
    props.activeId !== null && tree.byId.has(props.activeId) ? props.activeId : tree.items[0]?.id;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || activeId === undefined) return;
    const item = tree.byId.get(activeId);
    if (event.key === 'Enter' || event.key === ' ') {
      if (item?.type === 'fold') props.onOpen(activeId);
      else props.onSelect(activeId);
    } else {
      const move = moveInTree(tree, activeId, event.key, 'list');
      if (move === undefined) return;
      if ('to' in move) {
        props.onActivate(move.to);
        rows.current.get(move.to)?.focus();
      } else if ('open' in move) props.onOpen(move.open);
      else props.onClose(move.close);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="size-full overflow-auto">
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
            {['Process or artefact', 'Link', 'User', 'After T0', 'Stages', 'Events'].map((title) => (
              <th key={title} scope="col" className="label border-b px-3 py-1.5 font-medium first:pl-4">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tree.items.map((item, index) => (
            <tr
              key={item.id}
              ref={(element) => {
                if (element === null) rows.current.delete(item.id);
                else rows.current.set(item.id, element);
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
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CELL = 'whitespace-nowrap border-b px-3 py-1 align-middle';

function Cells({ item, ...props }: LineageTableProps & { item: LineageItem }) {
  const indent = { paddingLeft: 16 + Math.min(item.level - 1, 12) * 14 };
  if (item.type === 'fold') {
    return (
      <td colSpan={6} className={clsx(CELL, 'text-text-2')} style={indent}>
        <span className="inline-block w-4" aria-hidden="true">
          +
        </span>
        {`${item.processes.toLocaleString('en')} more ${item.processes === 1 ? 'process' : 'processes'}`}
        <span className="machine ml-2 text-text-3">{hostilePlain(item.samples.join(', '))}</span>
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
        <TimeCell time={microsOf(artefact.time)} anchorTime={props.anchorTime} />
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
            <HostileText text={process.name} />
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
            className="inline-block max-w-52 truncate align-bottom text-text-3"
            title={hostilePlain(process.link.reason)}
          >
            {` · ${process.link.reason}`}
          </span>
        )}
        {process.requestedBy === undefined ? null : (
          <span className="block max-w-72 truncate text-text-2" title={hostilePlain(process.requestedBy)}>
            <HostileText text={process.requestedBy} />
          </span>
        )}
      </td>
      <td className={clsx(CELL, 'text-text-2')}>
        <HostileText text={process.user ?? ''} />
      </td>
      <TimeCell
        time={process.startedAt === null ? null : microsOf(process.startedAt)}
        anchorTime={props.anchorTime}
      />
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
