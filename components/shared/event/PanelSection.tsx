import type { ReactNode } from 'react';

/** A part of the evidence under a quiet heading. */
export function PanelSection({
  title,
  aside,
  children,
}: {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="border-b px-4 py-3.5 last:border-b-0">
      <div className="mb-1.5 flex items-baseline gap-3">
        <h3 className="label flex-1">{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  );
}
