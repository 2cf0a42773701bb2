'use client';

import { useState } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { AgeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import type { CaseDetail, CaseNote } from '@/lib/contracts/cases';
import { CaseProblem } from './CaseProblem';
import { useChangeCasePart } from './caseQueries';
import { Markdown } from './Markdown';
import { NoteEditor } from './NoteEditor';
import { NoteVersions } from './NoteVersions';
import { type NoteText, noteDraft, rememberWritten, unsavedNote } from './noteDrafts';
import { WithdrawButton } from './WithdrawButton';

/** Notes in Markdown, each saved while it is written, every text of it kept. */
export function CaseNotes({ shown, mayWrite }: { shown: CaseDetail; mayWrite: boolean }) {
  const change = useChangeCasePart(shown.id);
  // What was left unsaved is written on at once, also in a note that is gone by now.
  const [editing, setEditing] = useState<CaseNote | null>(() => (mayWrite ? unsavedNote(shown.id) : null));
  const edit = (note: CaseNote) => {
    rememberWritten(shown.id, note);
    setEditing(note);
  };
  const add = (text: NoteText, stored?: () => void) => {
    const before = new Set(shown.notes.map(({ id }) => id));
    change.mutate(
      { part: 'note.add', ...text },
      {
        onSuccess: (made) => {
          stored?.();
          const note = made as CaseNote;
          if (!before.has(note.id)) edit(note);
        },
      },
    );
  };
  const gone = editing !== null && !shown.notes.some(({ id }) => id === editing.id);
  return (
    <div className="max-w-[92ch] space-y-4 px-4 py-3">
      {mayWrite ? (
        <Button size="sm" disabled={change.isPending} onClick={() => add({ title: '', body: '' })}>
          New note
        </Button>
      ) : null}
      {change.error ? <CaseProblem error={change.error} /> : null}
      {shown.notes.length === 0 && editing === null ? (
        <EmptyState title="No notes yet">
          <p>What was found, what was ruled out and how: for whoever opens this case next.</p>
        </EmptyState>
      ) : null}
      {(gone ? [editing, ...shown.notes] : shown.notes).map((note) =>
        editing?.id === note.id ? (
          <NoteEditor
            key={note.id}
            caseId={shown.id}
            note={note}
            gone={gone}
            onCopy={add}
            onClose={() => setEditing(null)}
          />
        ) : (
          <ReadNote
            key={note.id}
            caseId={shown.id}
            note={note}
            onEdit={mayWrite ? () => edit(note) : null}
            onWithdraw={mayWrite ? () => change.mutate({ part: 'note.withdraw', id: note.id }) : null}
          />
        ),
      )}
    </div>
  );
}

function ReadNote(props: {
  caseId: number;
  note: CaseNote;
  onEdit: (() => void) | null;
  onWithdraw: (() => void) | null;
}) {
  const { note } = props;
  const [versions, setVersions] = useState(false);
  return (
    <section aria-label={hostilePlain(note.title) || 'Note'} className="rounded-md border bg-surface-1">
      <header className="flex flex-wrap items-center gap-2 border-b px-3 py-1.5">
        <h2 className="min-w-0 flex-1 truncate text-13">
          <HostileText text={note.title || 'Note'} />
        </h2>
        {noteDraft(note.id) ? <span className="text-12 text-warning">Text not saved yet</span> : null}
        <span className="text-12 text-text-3">
          <PersonName handle={note.by} capital />, <AgeText at={note.at} />
          {note.caseId === props.caseId ? '' : ` · with case #${note.caseId}`}
        </span>
        <Button size="sm" variant="quiet" aria-expanded={versions} onClick={() => setVersions(!versions)}>
          <span className="num">
            {note.version} {note.version === 1 ? 'version' : 'versions'}
          </span>
        </Button>
        {props.onEdit ? (
          <Button size="sm" onClick={props.onEdit}>
            Write
          </Button>
        ) : null}
        {props.onWithdraw ? (
          <WithdrawButton
            title="Withdraw this note?"
            what={note.title || 'Note'}
            about="It no longer stands in the case. Its versions are kept."
            onWithdraw={props.onWithdraw}
          />
        ) : null}
      </header>
      <div className="px-3 py-2">
        {note.body === '' ? (
          <p className="text-text-3">Nothing written yet.</p>
        ) : (
          <Markdown text={note.body} />
        )}
      </div>
      {versions ? <NoteVersions caseId={props.caseId} note={note.id} /> : null}
    </section>
  );
}
