import type { ReactNode } from 'react';
import { Wordmark } from '@/components/shared/shell/Wordmark';

/**
 * What stands outside the workbench: signing in and joining. One narrow column that begins at the same height whatever
 * comes below, so that nothing moves while it is being read.
 */
export function EntryFrame(props: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[400px] flex-col px-5 pb-10 pt-[14vh]">
      <Wordmark />
      <h1 className="mt-7 text-20">{props.title}</h1>
      {props.lead ? <div className="mt-1 text-text-2">{props.lead}</div> : null}
      <div className="mt-6">{props.children}</div>
    </main>
  );
}
