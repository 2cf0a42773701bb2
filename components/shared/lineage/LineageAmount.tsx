import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import type { LineageView } from '@/lib/contracts/lineage';
import type { Folds } from './foldMoves';
import { foldIdOf, type LineageTree } from './lineageTree';
import { FOREST_MOST, FOREST_PAGE } from './useLineage';

/** How much of all processes is shown, what is happening to it, and how to have more or less of it. */
export function LineageAmount(props: {
  view: LineageView;
  tree: LineageTree;
  activeId: string | null;
  folds: Folds;
  /** Processes of the whole forest that may be sent, and how more are asked for. */
  most: number;
  onMost: (most: number) => void;
  onOpen: (itemId: string) => void;
  onRegroup: (groupId: string) => void;
  state: 'reading' | 'drawing' | null;
  /** What was asked for is in no answer. */
  isMissing: boolean;
  note: ReactNode;
}) {
  const { view, tree, folds } = props;
  const active = tree.byId.get(props.activeId ?? '');
  const groupId = active?.type === 'process' && folds.open === 'path' ? active.groupId : null;
  const roots = tree.byId.get(foldIdOf(''));
  const more =
    folds.open === 'all'
      ? view.shown < view.total && props.most < FOREST_MOST
        ? () => props.onMost(props.most + FOREST_PAGE)
        : null
      : roots !== undefined && view.anchorId === null
        ? () => props.onOpen(roots.id)
        : null;
  return (
    <>
      {`${view.shown.toLocaleString('en')} of ${view.total.toLocaleString('en')} processes shown`}
      {props.state === null ? null : props.state === 'reading' ? ' · reading more' : ' · drawing'}
      {props.isMissing ? (
        <span role="status" className="text-warning">
          · what was asked for is not among the recorded processes
        </span>
      ) : null}
      {props.note}
      {more === null ? null : (
        <Button size="sm" variant="quiet" onClick={more}>
          Read more
        </Button>
      )}
      {groupId === null ? null : (
        <Button size="sm" variant="quiet" onClick={() => props.onRegroup(groupId)}>
          Fold its siblings again
        </Button>
      )}
    </>
  );
}
