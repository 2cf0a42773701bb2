'use client';

import { useState } from 'react';
import { columnTitle, DEFAULT_COLUMNS } from '@/components/shared/query/eventColumns';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/TextField';
import { COLUMN_CHOICES } from './eventChoices';

type ColumnsDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  columns: readonly string[];
  onChange: (columns: readonly string[]) => void;
};

/** Which fields are columns, and in what order; changes show at once behind it. */
export function ColumnsDialog({ open, onOpenChange, columns, onChange }: ColumnsDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Columns"
      description="Kept in the address and, for the next time, in this browser."
      footer={
        <>
          <span className="flex-1" />
          <Button size="sm" onClick={() => onChange(DEFAULT_COLUMNS)}>
            As they were at first
          </Button>
        </>
      }
    >
      <Chosen columns={columns} onChange={onChange} />
      <Choices columns={columns} onChange={onChange} />
    </Dialog>
  );
}

type ListProps = Pick<ColumnsDialogProps, 'columns' | 'onChange'>;

function Chosen({ columns, onChange }: ListProps) {
  return (
    <section aria-label="Columns shown" className="border-b px-5 py-3">
      <h3 className="label">Shown, from left to right</h3>
      <ol>
        {columns.map((column, place) => (
          <li key={column} className="flex min-h-7 items-center gap-1.5 border-b last:border-b-0">
            <span className="min-w-0 flex-1 truncate">{columnTitle(column)}</span>
            <Button
              size="sm"
              variant="quiet"
              disabled={place === 0}
              aria-label={`${columnTitle(column)} to the left`}
              onClick={() => onChange(swapped(columns, place, place - 1))}
            >
              ←
            </Button>
            <Button
              size="sm"
              variant="quiet"
              disabled={place === columns.length - 1}
              aria-label={`${columnTitle(column)} to the right`}
              onClick={() => onChange(swapped(columns, place, place + 1))}
            >
              →
            </Button>
            <Button
              size="sm"
              variant="quiet"
              disabled={columns.length === 1}
              aria-label={`Remove ${columnTitle(column)}`}
              onClick={() => onChange(columns.filter((each) => each !== column))}
            >
              Remove
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Choices({ columns, onChange }: ListProps) {
  const [typed, setTyped] = useState('');
  const lower = typed.trim().toLowerCase();
  const free = COLUMN_CHOICES.filter(
    ({ name, text }) =>
      !columns.includes(name) && (name.toLowerCase().includes(lower) || text.toLowerCase().includes(lower)),
  );
  return (
    <section aria-label="Other fields" className="px-5 py-3">
      <TextField
        label="Add a field"
        data-autofocus
        placeholder="name, or words of what it means"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ul className="mt-2">
        {free.map(({ name, text }) => (
          <li key={name} className="border-b last:border-b-0">
            <button
              type="button"
              onClick={() => onChange([...columns, name])}
              className="focus-inset flex min-h-7 w-full items-center gap-3 text-left hover:bg-surface-2"
            >
              <span className="machine w-56 shrink-0 truncate">{columnTitle(name)}</span>
              <span className="min-w-0 flex-1 truncate text-12 text-text-3">{text}</span>
              <span className="text-12 text-text-2">Add</span>
            </button>
          </li>
        ))}
        {free.length === 0 ? <li className="py-1 text-text-3">No other field has these words.</li> : null}
      </ul>
    </section>
  );
}

function swapped(columns: readonly string[], a: number, b: number): string[] {
  const next = [...columns];
  const [first, second] = [next[a], next[b]];
  if (first !== undefined && second !== undefined) {
    next[a] = second;
    next[b] = first;
  }
  return next;
}
