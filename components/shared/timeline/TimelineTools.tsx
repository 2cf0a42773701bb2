'use client';

import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem, MenuRule } from '@/components/ui/Menu';
import { Segmented, Toggle } from '@/components/ui/Toggle';
import { Tooltip } from '@/components/ui/Tooltip';
import type { LaneMode } from './lane';

export type TimelineReading = LaneMode | 'table';

/** What the tools can do to the timeline; the same acts the keys do. */
export type TimelineActs = {
  zoomBy: (factor: number) => void;
  panBy: (share: number) => void;
  fit: () => void;
  frame: () => void;
  home: () => void;
  step: (direction: 1 | -1) => void;
  range: () => void;
  play: () => void;
  flag: () => void;
  comment: () => void;
};

type TimelineToolsProps = {
  acts: TimelineActs;
  reading: TimelineReading;
  onReading: (reading: TimelineReading) => void;
  /** Where there is no room for lanes the table stands in, and there is nothing to choose. */
  narrow: boolean;
  compress: boolean;
  onCompress: (compress: boolean) => void;
  clock: boolean;
  onClock: (clock: boolean) => void;
  zoneName: string;
  onZone: () => void;
  onlyFlagged: boolean;
  onOnlyFlagged: (only: boolean) => void;
  flagged: number;
  ranging: boolean;
  onRanging: (ranging: boolean) => void;
  playing: boolean;
  playAll: boolean;
  onPlayAll: (all: boolean) => void;
  selected: boolean;
  atHome: boolean;
  atWhole: boolean;
  children: ReactNode;
};

/** Title, what is shown, and every act on the timeline as a button or in the menu; the menu has all of them. */
export function TimelineTools(props: TimelineToolsProps) {
  const { acts } = props;
  return (
    <div className="no-print @container flex min-h-9 shrink-0 items-center gap-2 px-4">
      <h2 className="text-13 font-medium @max-md:sr-only">Sequence</h2>
      <div className="num mr-auto min-w-0 truncate text-12 text-text-3">{props.children}</div>
      {props.atHome ? null : (
        <button
          type="button"
          className="link h-6 shrink-0 whitespace-nowrap text-12 @max-2xl:hidden"
          onClick={acts.home}
        >
          Chain
        </button>
      )}
      {props.atWhole ? null : (
        <button
          type="button"
          className="link h-6 shrink-0 whitespace-nowrap text-12 @max-2xl:hidden"
          onClick={acts.fit}
        >
          Whole span
        </button>
      )}
      <Tooltip
        text={
          props.playing
            ? 'Pause'
            : props.playAll
              ? 'Go through every event of the window'
              : 'Go through the chain, event by event'
        }
      >
        <Button size="sm" variant="quiet" className="@max-sm:hidden" onClick={acts.play}>
          {props.playing ? 'Pause' : 'Play'}
        </Button>
      </Tooltip>
      {props.reading === 'table' ? null : (
        <div className="flex shrink-0 @max-3xl:hidden">
          <Move name="Earlier" keys="a" sign="‹" onClick={() => acts.panBy(-0.4)} />
          <Move name="Zoom out" keys="s" sign="−" onClick={() => acts.zoomBy(1 / 1.4)} />
          <Move name="Zoom in" keys="w" sign="+" onClick={() => acts.zoomBy(1.4)} />
          <Move name="Later" keys="d" sign="›" onClick={() => acts.panBy(0.4)} />
        </div>
      )}
      <span className="flex shrink-0 gap-2 @max-xl:hidden">
        <Toggle pressed={props.ranging} onChange={props.onRanging}>
          Range
        </Toggle>
        {props.flagged > 0 || props.onlyFlagged ? (
          <Toggle pressed={props.onlyFlagged} onChange={props.onOnlyFlagged}>
            {`Flagged ${props.flagged.toLocaleString('en')}`}
          </Toggle>
        ) : null}
      </span>
      <MoreMenu {...props} />
      {props.narrow ? null : (
        <Segmented
          label="Lanes"
          value={props.reading}
          onChange={props.onReading}
          options={[
            { value: 'stage', label: 'Stage' },
            { value: 'process', label: 'Process' },
            { value: 'kind', label: 'Kind' },
            { value: 'table', label: 'Table' },
          ]}
        />
      )}
    </div>
  );
}

function Move(props: { name: string; keys: string; sign: string; onClick: () => void }) {
  return (
    <Tooltip text={`${props.name} (${props.keys})`}>
      <Button
        size="sm"
        variant="quiet"
        className="min-w-6"
        aria-label={props.name}
        aria-keyshortcuts={props.keys}
        onClick={props.onClick}
      >
        {props.sign}
      </Button>
    </Tooltip>
  );
}

function MoreMenu(props: TimelineToolsProps) {
  const { acts } = props;
  return (
    <Menu
      align="end"
      label="Sequence"
      trigger={
        <Button size="sm" variant="quiet">
          More
        </Button>
      }
    >
      <MenuItem onSelect={acts.home} disabled={props.atHome}>
        Show the chain
      </MenuItem>
      <MenuItem onSelect={acts.fit} keys="0" disabled={props.atWhole}>
        Show the whole span
      </MenuItem>
      <MenuItem onSelect={acts.frame} keys="f" disabled={!props.selected}>
        Frame the selected event
      </MenuItem>
      <MenuItem onSelect={acts.range} keys="r">
        {props.selected ? 'Range from the selected event' : 'Choose a range'}
      </MenuItem>
      <MenuRule />
      <MenuItem onSelect={() => acts.panBy(-0.4)} keys="a">
        Earlier
      </MenuItem>
      <MenuItem onSelect={() => acts.panBy(0.4)} keys="d">
        Later
      </MenuItem>
      <MenuItem onSelect={() => acts.zoomBy(1.4)} keys="w">
        Zoom in
      </MenuItem>
      <MenuItem onSelect={() => acts.zoomBy(1 / 1.4)} keys="s">
        Zoom out
      </MenuItem>
      <MenuItem onSelect={() => acts.step(-1)} keys=",">
        Event before
      </MenuItem>
      <MenuItem onSelect={() => acts.step(1)} keys=".">
        Next event
      </MenuItem>
      <MenuRule />
      <MenuItem onSelect={() => props.onClock(!props.clock)}>
        {props.clock ? 'Times from T0' : 'Clock times'}
      </MenuItem>
      <MenuItem onSelect={props.onZone} keys="h">{`Clock times are ${props.zoneName}; change`}</MenuItem>
      <MenuItem onSelect={() => props.onCompress(!props.compress)}>
        {props.compress ? 'Draw silence to scale' : 'Shorten silence'}
      </MenuItem>
      <MenuRule />
      <MenuItem onSelect={acts.play} keys="p">
        {props.playing ? 'Pause' : 'Play'}
      </MenuItem>
      <MenuItem onSelect={() => props.onPlayAll(!props.playAll)}>
        {props.playAll ? 'Play the chain only' : 'Play every event of the window'}
      </MenuItem>
      <MenuRule />
      <MenuItem onSelect={acts.flag} keys="m" disabled={!props.selected}>
        Flag the selected event
      </MenuItem>
      <MenuItem onSelect={acts.comment} keys="c" disabled={!props.selected}>
        Comment on the selected event
      </MenuItem>
      <MenuItem onSelect={() => props.onOnlyFlagged(!props.onlyFlagged)}>
        {props.onlyFlagged ? 'Show all events' : 'Show only flagged events'}
      </MenuItem>
    </Menu>
  );
}
