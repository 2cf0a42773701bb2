'use client';

import { useMe } from '../me';

/** Height of the line, in pixels: what stands below the bar begins that much lower. */
export const DEMO_LINE = 24;

/** Always in sight where nobody signs in, so that nobody takes it for a place to work in. */
export function DemoLine() {
  const { demo } = useMe();
  if (!demo) return null;
  return (
    <p
      role="note"
      style={{ height: DEMO_LINE }}
      className="flex shrink-0 items-center gap-1.5 truncate border-b border-warning px-4 text-12 text-warning max-sm:px-3"
    >
      <span className="font-semibold">Demo</span>
      <span className="truncate">nobody signs in here; everyone is administrator.</span>
    </p>
  );
}
