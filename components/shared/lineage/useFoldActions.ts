import { useState } from 'react';
import {
  closed,
  closedBeside,
  type Folds,
  isOnlyThePath,
  levelLess,
  levelMore,
  ONLY_THE_PATH,
  opened,
} from './foldMoves';
import { foldIdOf, type LineageItem, type LineageTree } from './lineageTree';
import type { BranchState } from './useLineage';

export type FoldActions = {
  open: (itemId: string) => void;
  close: (itemId: string) => void;
  /** One level more (1) or less (-1) of the whole tree. */
  level: (step: 1 | -1) => void;
  openAll: () => void;
  closeAll: () => void;
  /** Whether the reader can go to only what matters, or back to what was open. */
  matters: 'only' | 'back' | null;
  onMatters: () => void;
};

/** What a reader can do to the folds. A branch that could not be read is tried again instead of opened further. */
export function useFoldActions(props: {
  tree: LineageTree;
  folds: Folds;
  branches: ReadonlyMap<string, BranchState>;
  onFolds: (folds: Folds) => void;
}): FoldActions {
  const { tree, folds, branches, onFolds } = props;
  const [before, setBefore] = useState<Folds | null>(null);
  const onlyPath = isOnlyThePath(folds);
  return {
    open: (itemId) => {
      const named = tree.byId.get(itemId);
      // What is below a closed process is a stack, which says whether it has to be read.
      const item = named?.type === 'process' ? (tree.byId.get(foldIdOf(itemId)) ?? named) : named;
      if (item === undefined) return;
      const branch = isUnread(item) ? branches.get(hostOf(item)) : undefined;
      if (branch?.state === 'failed') branch.retry();
      else if (branch === undefined) onFolds(opened(folds, item));
    },
    close: (itemId) => onFolds(closed(folds, itemId)),
    level: (step) => onFolds(step > 0 ? levelMore(folds, tree) : levelLess(folds, tree)),
    openAll: () => onFolds({ open: 'all', expand: folds.expand, fold: [] }),
    closeAll: () => {
      setBefore(folds);
      onFolds(closedBeside(folds, tree));
    },
    matters: onlyPath && before === null ? null : onlyPath ? 'back' : 'only',
    onMatters: () => {
      if (!onlyPath) setBefore(folds);
      onFolds(onlyPath && before !== null ? before : ONLY_THE_PATH);
    },
  };
}

function isUnread(item: LineageItem): boolean {
  return item.type === 'process' || (item.type === 'fold' && item.kind === 'unsent');
}

function hostOf(item: LineageItem): string {
  return item.type === 'fold' ? (item.hostId ?? '') : item.id;
}
