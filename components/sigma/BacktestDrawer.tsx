'use client';

import { DrawerFrame } from '@/components/shared/DrawerFrame';
import { BacktestReport } from './BacktestReport';

/** A back-test beside the page: how far it is, what it found. */
export function BacktestDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  return (
    <DrawerFrame
      title="Tried on stored data"
      note={<p className="text-text-2">Nothing of it is kept as a hit, and nothing is switched on by it.</p>}
      onClose={onClose}
    >
      <div className="px-4 py-3">
        <BacktestReport id={id} />
      </div>
    </DrawerFrame>
  );
}
