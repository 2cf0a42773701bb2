'use client';

import { useId, useState } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { sizeText } from '@/components/shared/sizeText';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { LabelledField } from '@/components/ui/LabelledField';
import { TextArea } from '@/components/ui/TextArea';
import { readLabel } from './labelText';
import { useAddRecording } from './validationQueries';

const EXAMPLE = `{
  "title": "mshta from a mail",
  "expect": [
    { "analytic": "AN1397", "verdict": "complete", "stages": [] }
  ],
  "none_for": ["AN1314"]
}`;

/** Uploads a recording with what it is labelled as; what is wrong with either is said where it was given. */
export function AddRecordingDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const fileId = useId();
  const { add, sent, cancel } = useAddRecording();
  const [chosen, setChosen] = useState<File | null>(null);
  const [labels, setLabels] = useState('');
  const [asked, setAsked] = useState(false);
  const read = chosen === null ? null : readLabel(labels, chosen.name);
  const labelError =
    labels.trim() === '' ? 'Say what is in it.' : read !== null && 'error' in read ? read.error : undefined;
  const submit = () => {
    setAsked(true);
    if (add.isPending || chosen === null || read === null || 'error' in read) return;
    add.mutate({ file: chosen, labels: read.labels }, { onSuccess: onClose });
  };
  const refused = labelProblems(add.error);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (open) return;
        cancel();
        onClose();
      }}
      title="Upload a recording"
      description="At most 64 MiB, in any form that can be imported, also compressed. The same bytes again replace the label."
      footer={
        <>
          {add.isPending && chosen ? (
            <p role="status" className="num flex-1 text-12 text-text-2">
              {sizeText(sent)} of {sizeText(chosen.size)} sent
            </p>
          ) : (
            <span className="flex-1" />
          )}
          <Button
            onClick={() => {
              cancel();
              onClose();
            }}
          >
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} disabled={add.isPending}>
            {add.isPending ? 'Sending…' : 'Upload'}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="space-y-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <LabelledField
          id={fileId}
          label="Recording"
          error={asked && chosen === null ? 'Choose a file.' : undefined}
        >
          <input
            id={fileId}
            type="file"
            data-autofocus
            className="block w-full min-w-0 text-13 file:mr-3 file:h-7 file:rounded-md file:border file:border-line-strong file:bg-surface-1 file:px-3 file:text-text-1"
            {...(asked && chosen === null
              ? { 'aria-invalid': true, 'aria-describedby': `${fileId}-note` }
              : {})}
            onChange={(event) => {
              setChosen(event.target.files?.[0] ?? null);
              add.reset();
            }}
          />
        </LabelledField>
        <LabelFields
          labels={labels}
          error={asked ? labelError : undefined}
          refused={refused}
          onChange={(text) => {
            setLabels(text);
            add.reset();
          }}
        />
        {add.error && refused.length === 0 && add.error.name !== 'AbortError' ? (
          <ProblemNote compact error={add.error} what="The recording was not kept" />
        ) : null}
      </form>
    </Dialog>
  );
}

type LabelProblem = { readonly path: string; readonly message: string };

function LabelFields(props: {
  labels: string;
  error: string | undefined;
  /** What the server says against the label, each at its place in it. */
  refused: readonly LabelProblem[];
  onChange: (text: string) => void;
}) {
  const { labels, error, refused, onChange } = props;
  const takeFile = async (file: File | undefined) => {
    if (file !== undefined) onChange(await file.text());
  };
  return (
    <div className="space-y-2">
      <TextArea
        label="Label, as JSON"
        rows={9}
        spellCheck={false}
        className="[&_textarea]:font-mono [&_textarea]:text-12"
        placeholder={EXAMPLE}
        value={labels}
        error={error ?? (refused.length > 0 ? 'The label cannot be used:' : undefined)}
        hint="What each analytic is to find in it. Of a whole LABELS.json the entry that names the file is taken."
        onChange={(event) => onChange(event.target.value)}
      />
      {refused.length > 0 ? (
        <ul role="alert" className="list-disc space-y-0.5 pl-4 text-12 text-danger">
          {refused.map(({ path, message }) => (
            <li key={`${path}${message}`}>
              <span className="machine">{path}</span> {message}
            </li>
          ))}
        </ul>
      ) : null}
      <label className="block text-12 text-text-2">
        or from a file{' '}
        <input
          type="file"
          accept=".json,application/json"
          className="min-w-0 max-w-full"
          onChange={(event) => void takeFile(event.target.files?.[0])}
        />
      </label>
    </div>
  );
}

/** What the server says against the label; empty when the refusal is about something else. */
function labelProblems(error: Error | null): readonly LabelProblem[] {
  if (!(error instanceof ApiError)) return [];
  const problems = (error.problem?.errors ?? []).map(({ path, message }) => ({
    path: path.replace(/^query\./, ''),
    message,
  }));
  return problems.filter(({ path }) => path === 'labels' || path.startsWith('labels.'));
}
