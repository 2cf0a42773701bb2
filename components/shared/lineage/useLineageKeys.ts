import type { RefObject } from 'react';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import type { LineagePaneHandle } from './LineagePane';

/** The keys of a lineage on a screen that has no other picture: find, folds, framing and zoom. */
export function useLineageKeys(props: {
  /** The part of the screen the keys belong to. */
  home: () => Element | null;
  lineage: RefObject<LineagePaneHandle | null>;
  /** False while there is no lineage to act on; the help then does not list them either. */
  enabled: boolean;
}): void {
  const { home, lineage, enabled } = props;
  const shortcuts = [
    { keys: '1', label: 'Go to the lineage', run: () => lineage.current?.focus() },
    { keys: '/', label: 'Find in tree', run: () => lineage.current?.find() },
    { keys: 'n', label: 'Next found', run: () => lineage.current?.next(1) },
    { keys: 'N', label: 'Found before', run: () => lineage.current?.next(-1) },
    { keys: '[', label: 'Open all folds', run: () => lineage.current?.openAll() },
    { keys: ']', label: 'Close what is beside the path', run: () => lineage.current?.closeAll() },
    {
      keys: 'f',
      label: 'Frame the selection; again, everything',
      run: () => lineage.current?.frame(),
    },
    { keys: '0', label: 'Fit everything', run: () => lineage.current?.fit() },
    { keys: '+', label: 'Zoom in', run: () => lineage.current?.zoomBy(1.25) },
    { keys: '-', label: 'Zoom out', run: () => lineage.current?.zoomBy(0.8) },
  ];
  useShortcuts({ title: 'Lineage', home, shortcuts: enabled ? shortcuts : [] });
}
