'use client';

import { useState } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { AgeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { TextArea } from '@/components/ui/TextArea';
import { TextField } from '@/components/ui/TextField';
import { Segmented } from '@/components/ui/Toggle';
import type { CaseNote } from '@/lib/contracts/cases';
import { CaseProblem } from './CaseProblem';
import { Markdown } from './Markdown';
import type { NoteText } from './noteDrafts';
import { type Theirs, useAutosave } from './useAutosave';

const STATE_WORD = {
  saved: 'Saved',
  writing: 'Writing…',
  saving: 'Saving…',
  failed: 'Not saved',
} as const;

/** Writes a note; it is saved while it is written. */
export function NoteEditor(props: {
  caseId: number;
  note: CaseNote;
  /** The case no longer has it: it was withdrawn meanwhile. */
  gone: boolean;
  /** Puts the text into a new note; `forget` is to be called once it stands there. */
  onCopy: (text: NoteText, forget: () => void) => void;
  onClose: () => void;
}) {
  const note = useAutosave(props.caseId, props.note);
  const refused = note.error instanceof ApiError && note.error.status === 409;
  const [view, setView] = useState<'write' | 'read'>('write');
  return (
    <section aria-label="Writing a note" className="rounded-md border border-accent bg-surface-1">
      <header className="flex flex-wrap items-end gap-2 border-b px-3 py-2">
        <TextField
          label="Title"
          hideLabel
          placeholder="Title"
          maxLength={200}
          className="min-w-40 flex-1"
          value={note.text.title}
          onChange={(event) => note.write({ ...note.text, title: event.target.value })}
        />
        <Segmented
          label="View"
          value={view}
          onChange={setView}
          options={[
            { value: 'write', label: 'Write' },
            { value: 'read', label: 'Read' },
          ]}
        />
        <span
          role="status"
          className={note.state === 'failed' ? 'text-12 text-danger' : 'text-12 text-text-3'}
        >
          {STATE_WORD[note.state]}
        </span>
        <Button
          size="sm"
          onClick={() =>
            void note.flush().then((saved) => {
              if (saved) props.onClose();
            })
          }
        >
          Done
        </Button>
      </header>
      {note.theirs ? <OtherText theirs={note.theirs} onResolve={note.resolve} /> : null}
      {note.error && !props.gone ? (
        <div className="border-b p-3">
          <CaseProblem error={note.error} />
        </div>
      ) : null}
      {props.gone || refused ? (
        <div role="alert" className="space-y-2 border-b border-warning bg-surface-2 px-3 py-2">
          <p>
            {props.gone ? 'This note was withdrawn meanwhile. ' : ''}
            {note.state === 'saved' ? 'Your text is among its versions.' : 'Your text is kept here only.'}
          </p>
          <div className="flex gap-2">
            <Button size="sm" onClick={() => props.onCopy(note.text, note.forget)}>
              Copy it into a new note
            </Button>
            <Button
              size="sm"
              variant="quiet"
              onClick={() => {
                note.forget();
                props.onClose();
              }}
            >
              Discard it
            </Button>
          </div>
        </div>
      ) : null}
      <div className="p-3">
        {view === 'read' ? (
          <Markdown text={note.text.body} />
        ) : (
          <TextArea
            label="Text, in Markdown"
            hideLabel
            autoFocus
            rows={14}
            maxLength={200_000}
            placeholder="In Markdown. Quote command lines in `backticks`."
            value={note.text.body}
            onChange={(event) => note.write({ ...note.text, body: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === 's' && (event.ctrlKey || event.metaKey)) {
                event.preventDefault();
                void note.flush();
              }
            }}
          />
        )}
      </div>
    </section>
  );
}

/** Somebody saved meanwhile: their text beside one's own, and the choice. */
function OtherText(props: { theirs: Theirs; onResolve: (keep: 'mine' | 'theirs') => void }) {
  const { theirs } = props;
  return (
    <div role="alert" className="space-y-2 border-b border-warning bg-surface-2 px-3 py-2">
      <p>
        <PersonName handle={theirs.by} capital /> saved this note meanwhile, <AgeText at={theirs.at} />. Yours
        is not saved yet; both are kept as versions if you go on with yours.
      </p>
      <details>
        <summary className="cursor-pointer py-1 text-text-2">Their text</summary>
        <pre className="machine max-h-60 overflow-auto whitespace-pre-wrap [overflow-wrap:anywhere]">
          {theirs.body.split('\n').map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that does not change
            <span key={place} className="block min-h-4">
              <HostileText text={line} />
            </span>
          ))}
        </pre>
      </details>
      <div className="flex gap-2">
        <Button size="sm" onClick={() => props.onResolve('mine')}>
          Go on with mine
        </Button>
        <Button size="sm" onClick={() => props.onResolve('theirs')}>
          Take theirs
        </Button>
      </div>
    </div>
  );
}
