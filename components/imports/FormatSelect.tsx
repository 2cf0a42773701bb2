'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useId } from 'react';
import { formatsQuery } from './queries';

type FormatSelectProps = {
  label: string;
  hideLabel?: boolean | undefined;
  /** A format id, or `auto`. */
  value: string;
  /** What `auto` means here. */
  auto: string;
  onChange: (value: string) => void;
};

/** Which format to read something as. A format the server does not list any more stays selectable. */
export function FormatSelect({ label, hideLabel, value, auto, onChange }: FormatSelectProps) {
  const id = useId();
  const formats = useQuery(formatsQuery).data?.items ?? [];
  const isListed = value === 'auto' || formats.some((format) => format.id === value);
  return (
    <div className="min-w-0">
      <label htmlFor={id} className={clsx(hideLabel ? 'sr-only' : 'label mb-1 block')}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-7 w-full min-w-0 rounded-md border border-line-strong bg-surface-0 px-1.5 text-12 text-text-1"
      >
        <option value="auto">{auto}</option>
        {isListed ? null : <option value={value}>{value}</option>}
        {formats.map((format) => (
          <option key={format.id} value={format.id}>
            {format.title}
          </option>
        ))}
      </select>
    </div>
  );
}
