'use client';

import { clsx } from 'clsx';
import type { KeyboardEvent } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { type CoverageCell, mostOf } from '@/lib/contracts/coverage';
import { cellSentence, cellWord } from './coverageWords';
import { ShareRing } from './ShareRing';

type Place = { row: number; column: number };

/** One stage on the hosts of one column: its ring and share. The table is one tab stop; arrows lead on from here. */
export function MatrixCell(props: {
  stage: string;
  where: string;
  cell: CoverageCell;
  /** When the stage's newest replay was; absent where none proved it. */
  provenAt?: string | undefined;
  place: Place;
  /** The tab key leads here. */
  reached: boolean;
  /** Its hosts are listed beside. */
  opened: boolean;
  onFocus: () => void;
  onOpen: () => void;
  /** Where a key leads; null for a key that leads nowhere. */
  onKey: (key: string, toEdge: boolean) => Place | null;
}) {
  const { cell, place } = props;
  const sentence = hostilePlain(cellSentence(props.stage, props.where, cell, props.provenAt));
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.altKey || event.shiftKey || event.metaKey) return;
    const next = props.onKey(event.key, event.ctrlKey);
    if (next === null) return;
    event.preventDefault();
    event.currentTarget
      .closest('table')
      ?.querySelector<HTMLElement>(`[data-place="${placeText(next)}"]`)
      ?.focus();
  };
  return (
    <button
      type="button"
      data-place={placeText(place)}
      tabIndex={props.reached ? 0 : -1}
      aria-label={sentence}
      aria-pressed={props.opened}
      title={sentence}
      onFocus={props.onFocus}
      onClick={props.onOpen}
      onKeyDown={onKeyDown}
      className={clsx(
        'focus-inset flex h-8 w-full min-w-20 items-center gap-1.5 px-1.5 hover:bg-surface-2 print:h-6 print:min-w-0',
        props.opened && 'bg-accent-soft',
        mostOf(cell.time) === 'blind' ? 'text-blind' : 'text-text-2',
      )}
    >
      <ShareRing time={cell.time} proven={cell.provenHosts > 0} />
      {cellWord(cell.time)}
    </button>
  );
}

function placeText({ row, column }: Place): string {
  return `${row},${column}`;
}
