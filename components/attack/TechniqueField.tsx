'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { TextField } from '@/components/ui/TextField';
import type { AttackObject } from '@/lib/contracts/attack';
import { techniquesQuery } from './attackQueries';

/** A technique by its id, typed or found by its name in the newest release. */
export function TechniqueField(props: {
  value: string;
  onChange: (value: string) => void;
  searchable: boolean;
  error: string | undefined;
}) {
  const { value, onChange, searchable, error } = props;
  const list = useId();
  const [at, setAt] = useState(0);
  const asked = useDeferredValue(value.trim());
  const found = useQuery({ ...techniquesQuery(asked), enabled: searchable && asked !== '' });
  const hits = searchable && asked !== '' ? (found.data?.items ?? []).filter(isUsable) : [];
  const exact = hits.find(({ attackId }) => attackId === value.trim().toUpperCase());
  const open = hits.length > 0 && exact === undefined;
  const chosen = open ? hits[Math.min(at, hits.length - 1)] : undefined;

  const choose = (hit: AttackObject) => {
    onChange(hit.attackId ?? '');
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && open) {
      event.preventDefault();
      setAt((Math.min(at, hits.length - 1) + step + hits.length) % hits.length);
    }
    if (event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault();
      choose(chosen);
    }
  };

  return (
    <div>
      <TextField
        data-autofocus
        label="Technique"
        placeholder={searchable ? 'Name or id' : 'T1218.005'}
        role={searchable ? 'combobox' : undefined}
        aria-autocomplete={searchable ? 'list' : undefined}
        aria-expanded={searchable ? open : undefined}
        aria-controls={searchable ? list : undefined}
        aria-activedescendant={chosen === undefined ? undefined : `${list}-${chosen.stixId}`}
        maxLength={200}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        error={error}
        hint={searchable ? undefined : 'No release is here to look it up in, so only its form is checked.'}
      />
      {searchable ? (
        <div
          id={list}
          role="listbox"
          aria-label="Techniques"
          className={clsx('mt-1 max-h-56 overflow-auto rounded-md', open && 'border p-1')}
        >
          {open
            ? hits.map((hit) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys are handled by the combobox
                <div
                  key={hit.stixId}
                  id={`${list}-${hit.stixId}`}
                  role="option"
                  aria-selected={hit === chosen}
                  onClick={() => choose(hit)}
                  className={clsx(
                    'flex min-h-7 items-baseline gap-2 rounded-sm px-2 py-1',
                    hit === chosen && 'bg-accent-soft',
                  )}
                >
                  <span className="machine shrink-0">{hit.attackId}</span>
                  <span className="min-w-0 [overflow-wrap:anywhere]">
                    <HostileText text={hit.name} />
                  </span>
                </div>
              ))
            : null}
        </div>
      ) : null}
      <p role="status" className="mt-1 min-h-4 text-12 text-text-2">
        {exact === undefined ? (
          searchable && asked !== '' && found.data !== undefined && hits.length === 0 ? (
            'No technique of the release has this id or name.'
          ) : null
        ) : (
          <HostileText text={exact.name} />
        )}
      </p>
    </div>
  );
}

function isUsable({ attackId, revoked, deprecated }: AttackObject): boolean {
  return attackId !== null && !revoked && !deprecated;
}
