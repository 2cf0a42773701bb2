'use client';

import { type FormEvent, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { useDraft } from '@/components/shared/useDraft';
import { Button } from '@/components/ui/Button';
import { SelectField, TextField } from '@/components/ui/TextField';
import { COMMON_FIELDS, fieldProblem } from './remarkField';
import { remarkTextDrafts } from './reviewDrafts';

const OTHER = 'other';

/** A remark on a finding or on one of its events, and on a field of that. */
export function RemarkForm(props: {
  /** Under which its words are kept until they are a remark. */
  draftId: string;
  /** What it is about, in words of its telemetry. */
  about: string;
  /** Whether it is about an event. */
  pinned: boolean;
  onSay: (text: string, field: string | null) => void;
  onClose: () => void;
}) {
  const { text, write } = useDraft(remarkTextDrafts, props.draftId);
  const [chosen, setChosen] = useState('');
  const [other, setOther] = useState('');
  const field = chosen === OTHER ? other.trim() : chosen;
  const problem = fieldProblem(field);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || problem !== null) return;
    write('');
    props.onSay(text.trim(), field || null);
  };
  return (
    <form onSubmit={submit} className="mt-3 space-y-2 rounded-md border bg-surface-1 p-3">
      <p className="text-12 text-text-2 [overflow-wrap:anywhere]">
        <HostileText text={props.about} />
      </p>
      <div className="flex flex-wrap items-start gap-2">
        <TextField
          label={props.pinned ? 'Remark on this event' : 'Remark on this finding'}
          autoFocus
          maxLength={8000}
          className="min-w-64 flex-1"
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') props.onClose();
          }}
        />
        {props.pinned ? (
          <SelectField
            label="Field, if one"
            className="w-56"
            value={chosen}
            onChange={(event) => setChosen(event.target.value)}
          >
            <option value="">the whole event</option>
            {COMMON_FIELDS.map((name) => (
              <option key={name}>{name}</option>
            ))}
            <option value={OTHER}>another field…</option>
          </SelectField>
        ) : null}
        {chosen === OTHER ? (
          <TextField
            label="Its name"
            className="w-56"
            placeholder="winlog.event_id"
            value={other}
            error={problem ?? undefined}
            onChange={(event) => setOther(event.target.value)}
          />
        ) : null}
      </div>
      <div className="flex gap-2">
        <Button size="sm" type="submit" disabled={text.trim() === '' || problem !== null}>
          Keep the remark
        </Button>
        <Button size="sm" variant="quiet" onClick={props.onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
