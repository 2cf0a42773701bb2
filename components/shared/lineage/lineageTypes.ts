import type { ArtefactView, ProcessNodeView } from '@/lib/contracts/lineage';
import type { Strength } from '@/lib/contracts/scalars';
import type { Closed } from './closedState';

/** The two ways in which a lineage is read. */
export type LineageReading = 'graph' | 'table';

/** What a drawing and a table of a lineage both do for the keys of a screen. */
export type LineageSight = {
  /** Gives an item the keyboard's focus, wherever it is. */
  focus: (id: string) => void;
  /** Brings an item into sight, and the focus with it where an item has it. */
  reveal: (id: string) => void;
};

/** Counts of events by kind. */
export type Counts = ProcessNodeView['counts'];

/**
 * One thing a person can point at in a lineage. Processes, the artefacts of the cause→effect path and the stacks of
 * what is folded away are all items of one tree, so that arrows, screen readers and search treat them alike.
 */
export type LineageItem = {
  id: string;
  parentId: string | null;
  /** Ids of the shown children: those that lead to the path first, each group in the order it happened, a fold last. */
  childIds: string[];
  level: number;
  posInSet: number;
  setSize: number;
  /** Microseconds of its beginning; what has none sorts last. */
  time: number;
} & (
  | {
      type: 'process';
      process: ProcessNodeView;
      /** undefined: nothing to open or close. */
      expanded: boolean | undefined;
      /** The opened stack of equal siblings it belongs to. */
      groupId: string | null;
    }
  | { type: 'artefact'; artefact: ArtefactView }
  | FoldItem
);

/** A stack of processes that are not drawn one by one. */
export type FoldItem = {
  type: 'fold';
  /** Why: the server did not send them, the reader closed the parent, or they are siblings of one image. */
  kind: 'unsent' | 'closed' | 'group';
  /** The process they are below; null for roots. */
  hostId: string | null;
  /** All processes in it, at any depth. */
  processes: number;
  /** Direct children of the host in it, of how many the host has. */
  direct: number;
  directTotal: number;
  /** What they did, by kind. */
  events: Counts;
  /** The image of a group. */
  image: string | null;
  /** Names of what is directly in it, with how many, the most frequent first; not all of them. */
  images: { name: string; count: number }[];
  samples: string[];
};

export type LineageTree = {
  /** In reading order: parents before children, siblings as in `childIds`. */
  items: LineageItem[];
  byId: ReadonlyMap<string, LineageItem>;
  rootIds: string[];
};

export type TreeOptions = {
  /** What the reader closed. */
  closed?: Closed;
  /** Groups of equal siblings the reader opened, by id. */
  openGroups?: ReadonlySet<string> | 'all';
  /** Processes that are never part of a stack of equal siblings: what a search or a link asked for. */
  apart?: ReadonlySet<string>;
};

export type Box = { x: number; y: number; width: number; height: number };
export type Point = { x: number; y: number };
export type Placed<Item extends LineageItem['type']> = Box & {
  id: string;
  item: Extract<LineageItem, { type: Item }>;
};

export type LaidLink = {
  id: string;
  fromId: string;
  toId: string;
  strength: Strength;
  reason: string | null;
  /** Part of the one line through cause and effect. */
  onPath: boolean;
  /** From the start of one end to the start of the other; null where either is unknown. */
  elapsedMicros: number | null;
  /** From left to right, horizontal at each point. A vertical drop has two points of one x. */
  points: Point[];
};

export type LineageLayout = {
  tree: LineageTree;
  /** Where each item is, by its id. */
  boxes: ReadonlyMap<string, Box>;
  nodes: Placed<'process'>[];
  artefacts: Placed<'artefact'>[];
  folded: Placed<'fold'>[];
  /** Parentage. */
  links: LaidLink[];
  /** What is not parentage: who made an artefact, who used it, and hand-overs without one. */
  joins: LaidLink[];
  bounds: Box;
  /** What the first view must show: the processes in stages and their artefacts, else the path, else everything. */
  pathBounds: Box;
};
