import type { ReactNode } from 'react';

/** Why it is empty, and what to do next. Left-aligned: it is read, not admired. */
export function EmptyState(props: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="max-w-[62ch] px-6 py-10">
      <h2 className="text-15">{props.title}</h2>
      {props.children ? <div className="mt-1.5 space-y-2 text-text-2">{props.children}</div> : null}
      {props.actions ? <div className="mt-4 flex flex-wrap gap-2">{props.actions}</div> : null}
    </div>
  );
}
