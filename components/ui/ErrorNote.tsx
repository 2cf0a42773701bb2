import type { ReactNode } from 'react';

type ErrorNoteProps = {
  /** What happened. */
  title: string;
  detail?: ReactNode;
  /** What is safe, in one sentence. */
  safe?: string | undefined;
  /** What to do, in one sentence. */
  todo?: string | undefined;
  actions?: ReactNode;
  compact?: boolean | undefined;
};

/** A failure in three sentences: what happened, what is safe, what to do. */
export function ErrorNote(props: ErrorNoteProps) {
  return (
    <div
      role="alert"
      className={
        props.compact ? 'border-l-2 border-danger pl-3' : 'm-6 max-w-[62ch] border-l-2 border-danger pl-4'
      }
    >
      <p className="font-medium text-danger">{props.title}</p>
      {props.detail ? (
        <div className="mt-0.5 text-text-2 [overflow-wrap:anywhere]">{props.detail}</div>
      ) : null}
      {props.safe ? <p className="mt-1.5 text-text-2">{props.safe}</p> : null}
      {props.todo ? <p className="mt-0.5 text-text-1">{props.todo}</p> : null}
      {props.actions ? <div className="mt-3 flex flex-wrap gap-2">{props.actions}</div> : null}
    </div>
  );
}
