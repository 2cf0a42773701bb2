'use client';

import { useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import { TextArea } from '@/components/ui/TextArea';
import { TextField } from '@/components/ui/TextField';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { type FieldDraft, fieldProblem, MOST_FIELDS } from './normalDraft';

/** The fields of a baseline, each on or off with its values; on this host or on all. */
export function PatternFields(props: {
  hit: SigmaHitView;
  fields: readonly FieldDraft[];
  onFields: (fields: FieldDraft[]) => void;
  here: boolean;
  onHere: (here: boolean) => void;
}) {
  const { fields, onFields } = props;
  const change = (place: number, part: Partial<FieldDraft>) =>
    onFields(fields.map((field, at) => (at === place ? { ...field, ...part } : field)));
  return (
    <fieldset className="min-w-0 space-y-2">
      <legend className="label">Which hits of this rule</legend>
      <p className="text-text-2">
        <HostileText text={props.hit.rule.title} />
      </p>
      {fields.map((field, place) => (
        <div
          key={field.field}
          className="grid grid-cols-[184px_minmax(0,1fr)] items-start gap-x-3 max-sm:grid-cols-1"
        >
          <label className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-(--accent)"
              {...(place === 0 ? { 'data-autofocus': true } : {})}
              checked={field.on}
              onChange={(event) => change(place, { on: event.target.checked })}
            />
            <span className="machine min-w-0 [overflow-wrap:anywhere]">
              <HostileText text={field.field} />
            </span>
          </label>
          {field.on ? (
            <TextArea
              label={`Values of ${field.field}`}
              hideLabel
              rows={Math.min(5, field.text.split('\n').length)}
              spellCheck={false}
              className="[&_textarea]:font-mono [&_textarea]:text-12"
              value={field.text}
              error={fieldProblem(field)}
              hint={place === 0 ? 'One value to a line; a hit has one of them.' : undefined}
              onChange={(event) => change(place, { text: event.target.value })}
            />
          ) : (
            <p className="truncate pt-0.5 text-text-3">any value</p>
          )}
        </div>
      ))}
      {fields.length < MOST_FIELDS ? (
        <AddField
          taken={fields.map(({ field }) => field)}
          onAdd={(field) => onFields([...fields, { field, on: true, text: '' }])}
        />
      ) : null}
      <label className="flex min-h-6 items-center gap-2">
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-(--accent)"
          checked={props.here}
          onChange={(event) => props.onHere(event.target.checked)}
        />
        <span>
          Only on{' '}
          <span className="machine">
            <HostileText text={props.hit.host.name} />
          </span>
        </span>
      </label>
    </fieldset>
  );
}

/** Another field by the name it has in Sigma. */
function AddField({ taken, onAdd }: { taken: readonly string[]; onAdd: (field: string) => void }) {
  const [name, setName] = useState('');
  const field = name.trim();
  const known = taken.some((each) => each.toLowerCase() === field.toLowerCase());
  const add = () => {
    if (field === '' || known) return;
    onAdd(field);
    setName('');
  };
  return (
    <div className="flex items-start gap-2">
      <TextField
        label="Another field"
        hideLabel
        dense
        className="w-40"
        placeholder="another field"
        maxLength={100}
        value={name}
        error={known ? 'It is there already.' : undefined}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
      />
      <Button size="sm" className="mt-0.5" disabled={field === '' || known} onClick={add}>
        Add
      </Button>
    </div>
  );
}
