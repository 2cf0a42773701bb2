'use client';

import { useState } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { ErrorNote } from '@/components/ui/ErrorNote';
import { TextField } from '@/components/ui/TextField';

/** A note for whoever asks later why, and the save; when something changed meanwhile, the way to test again. */
export function SaveForm(props: {
  backtest: string;
  word?: string | undefined;
  save: (body: { backtest: string; note: string }) => Promise<unknown>;
  onSaved: () => void;
  onAgain: () => void;
}) {
  const [note, setNote] = useState('');
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const submit = async () => {
    setSaving(true);
    setError(null);
    try {
      await props.save({ backtest: props.backtest, note: note.trim() });
      props.onSaved();
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
      setSaving(false);
    }
  };
  const stale = error instanceof ApiError && error.status === 409;
  return (
    <form
      aria-label="Save the change"
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving) void submit();
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          className="min-w-40 flex-1"
          label="Note: why"
          value={note}
          maxLength={2000}
          placeholder="For whoever asks later"
          onChange={(event) => setNote(event.target.value)}
        />
        <Button type="submit" variant="primary" disabled={saving || stale}>
          {saving ? 'Saving…' : (props.word ?? 'Save')}
        </Button>
      </div>
      {stale ? (
        <ErrorNote
          compact
          title="Not saved: something changed since the back-test"
          detail={error.message}
          safe="Your change is still here."
          todo="Test it again against what is in force now."
          actions={
            <Button
              size="sm"
              onClick={() => {
                setError(null);
                props.onAgain();
              }}
            >
              Back-test again
            </Button>
          }
        />
      ) : error ? (
        <ProblemNote compact error={error} what="Not saved" safe="Your change is still here." />
      ) : null}
    </form>
  );
}
