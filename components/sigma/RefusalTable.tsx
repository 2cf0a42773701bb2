'use client';

import { useState } from 'react';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import { Table, Td, Th } from '@/components/ui/Table';
import { TextField } from '@/components/ui/TextField';
import type { SigmaRefusalView } from '@/lib/contracts/sigmaSets';

const STEP = 100;
/** Fewer than these are taken in at a glance. */
const WORTH_A_FILTER = 10;

/** What cannot be used of a set or a text: where it stands, and why. */
export function RefusalTable({ refused }: { refused: readonly SigmaRefusalView[] }) {
  const [q, setQ] = useState('');
  const [most, setMost] = useState(STEP);
  const words = q.trim().toLowerCase();
  const found = refused.filter(({ path, title, id, reason }) =>
    [path, title, id, reason].some((text) => text?.toLowerCase().includes(words)),
  );
  return (
    <div className="space-y-2">
      {refused.length >= WORTH_A_FILTER ? (
        <TextField
          label="Filter"
          hideLabel
          dense
          type="search"
          placeholder="Path, title or reason"
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
      ) : null}
      {found.length === 0 ? (
        <p role="status" className="text-text-3">
          None has these words.
        </p>
      ) : (
        <Table caption="What cannot be used, with its place and reason">
          <thead>
            <tr>
              <Th>Where</Th>
              <Th>Why</Th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, most).map((one, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two refusals may be alike
              <tr key={place}>
                <Td className="min-w-40">
                  <MonoText text={`${one.path}:${one.line}:${one.column}`} />
                </Td>
                <Td className="min-w-40 [overflow-wrap:anywhere]">
                  {one.title ? (
                    <span className="block text-text-2">
                      <HostileText text={one.title} />
                    </span>
                  ) : null}
                  <HostileText text={one.reason} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {found.length > most ? (
        <Button size="sm" onClick={() => setMost(most + STEP)}>
          Show more: {most} of {found.length} are shown
        </Button>
      ) : null}
    </div>
  );
}
