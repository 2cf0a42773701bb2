'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Toggle } from '@/components/ui/Toggle';
import { HostileText, useCopy } from '../MonoText';
import { PanelSection } from './PanelSection';
import { prettyJson, rawLines } from './rawRecord';

/** The record exactly as the vendor wrote it; indented on request, copied always as it was. */
export function RecordTab({ raw }: { raw: string }) {
  const copy = useCopy();
  const [pretty, setPretty] = useState(false);
  const indented = prettyJson(raw);
  return (
    <PanelSection
      title="Record as exported"
      aside={
        <span className="flex gap-1.5">
          {indented === null ? null : (
            <Toggle pressed={pretty} onChange={setPretty}>
              Indented
            </Toggle>
          )}
          <Button size="sm" onClick={() => copy(raw, 'Copied the record as exported.')}>
            Copy
          </Button>
        </span>
      }
    >
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label="Record as exported"
        className="machine focus-inset max-h-[60vh] overflow-auto whitespace-pre-wrap rounded-md border bg-surface-0 p-2.5 [overflow-wrap:anywhere]"
      >
        {rawLines(pretty && indented !== null ? indented : raw).map((line) => (
          <div key={line.number}>
            <HostileText text={line.text} />
          </div>
        ))}
      </section>
    </PanelSection>
  );
}
