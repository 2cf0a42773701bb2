'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { TextField } from '@/components/ui/TextField';
import { hostNamesQuery, hostOfQuery } from './sigmaQueries';

/** The host hits are narrowed to, typed with the names there are offered; one that a link names by its id is shown by name. */
export function HostField({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  const list = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const names = useQuery({ ...hostNamesQuery, enabled: asked }).data ?? [];
  // What is typed stands as it is typed, though a number may be the id of a host.
  const byLink = value !== null && value !== typed;
  const named = useQuery({ ...hostOfQuery(value ?? ''), enabled: byLink && /^\d+$/.test(value) }).data;
  return (
    <>
      <TextField
        label="Host"
        hideLabel
        dense
        type="search"
        list={list}
        placeholder="Host"
        className="w-32"
        maxLength={400}
        value={(byLink ? named?.name : undefined) ?? value ?? ''}
        onFocus={() => setAsked(true)}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(event.target.value || null);
        }}
      />
      <datalist id={list}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
