import { type ReactNode, useId } from 'react';

/** A part of the account: its heading and what it is about on the left, what can be done on the right. */
export function Part(props: { title: string; about: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-10 gap-y-3 border-b px-5 py-6 last:border-b-0 md:grid-cols-[240px_minmax(0,560px)]"
    >
      <div>
        <h2 id={id} className="text-13">
          {props.title}
        </h2>
        <div className="mt-1 text-12 text-text-2">{props.about}</div>
      </div>
      <div className="min-w-0 space-y-4">{props.children}</div>
    </section>
  );
}
