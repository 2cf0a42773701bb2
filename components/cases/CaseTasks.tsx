'use client';

import { type FormEvent, useState } from 'react';
import { createDrafts } from '@/components/shared/drafts';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName, usePeople } from '@/components/shared/people';
import { AgeText } from '@/components/shared/TimeText';
import { useDraft } from '@/components/shared/useDraft';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Menu, MenuItem, MenuRule } from '@/components/ui/Menu';
import { SelectField, TextField } from '@/components/ui/TextField';
import type { CaseDetail, CaseTask } from '@/lib/contracts/cases';
import { CaseProblem } from './CaseProblem';
import { casePeople } from './casePeople';
import { useChangeCasePart } from './caseQueries';
import { dueAtOf, dueDay } from './caseWords';

const drafts = createDrafts(50);

/** What is to be done, by whom; born from runbooks or written here. */
export function CaseTasks({ shown, mayWrite }: { shown: CaseDetail; mayWrite: boolean }) {
  const change = useChangeCasePart(shown.id);
  const open = shown.tasks.filter(({ state }) => state === 'open');
  const ended = shown.tasks.filter(({ state }) => state !== 'open');
  const findings = shown.items.findings;
  return (
    <div className="max-w-[100ch] space-y-4 px-4 py-3">
      {mayWrite ? (
        <div className="flex flex-wrap items-end gap-2">
          <NewTask caseId={shown.id} />
          {findings.length > 0 ? (
            <Menu
              label="Tasks from a runbook"
              trigger={
                <Button size="sm" disabled={change.isPending}>
                  From a runbook
                </Button>
              }
            >
              {findings.map((finding) => (
                <MenuItem
                  key={finding.id}
                  onSelect={() => change.mutate({ part: 'task.runbook', findingId: finding.id })}
                >
                  {finding.analytic}, <HostileText text={finding.host} />
                </MenuItem>
              ))}
            </Menu>
          ) : null}
        </div>
      ) : null}
      {change.error ? <CaseProblem error={change.error} /> : null}
      {shown.tasks.length === 0 ? (
        <EmptyState title="No tasks yet">
          <p>
            Steps of a runbook that the data could not answer become tasks; anything else is written above.
          </p>
        </EmptyState>
      ) : null}
      <ul aria-label="Open tasks">
        {open.map((task) => (
          <TaskRow key={task.id} caseId={shown.id} task={task} mayWrite={mayWrite} />
        ))}
      </ul>
      {ended.length === 0 ? null : (
        <>
          <h2 className="label">Ended</h2>
          <ul aria-label="Ended tasks">
            {ended.map((task) => (
              <TaskRow key={task.id} caseId={shown.id} task={task} mayWrite={mayWrite} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function NewTask({ caseId }: { caseId: number }) {
  const change = useChangeCasePart(caseId);
  const { people, nameOf } = usePeople();
  const draft = useDraft(drafts, String(caseId));
  const { text } = draft;
  const [assignee, setAssignee] = useState('');
  const [due, setDue] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || change.isPending) return;
    change
      .mutateAsync({ part: 'task.add', text: text.trim(), assignee: assignee || null, dueAt: dueAtOf(due) })
      .then(
        () => {
          draft.sent(text);
          setDue('');
        },
        // Told below; the words stay.
        () => undefined,
      );
  };
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-1 flex-wrap items-end gap-2">
      <TextField
        label="New task"
        maxLength={2000}
        className="min-w-56 flex-1"
        value={text}
        onChange={(event) => draft.write(event.target.value)}
      />
      <SelectField
        label="For"
        className="w-40"
        value={assignee}
        onChange={(event) => setAssignee(event.target.value)}
      >
        <option value="">nobody yet</option>
        {casePeople(people).map(({ handle }) => (
          <option key={handle} value={handle}>
            {nameOf(handle)}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Due, if by a day"
        type="date"
        className="w-40"
        value={due}
        onChange={(event) => setDue(event.target.value)}
      />
      <Button size="sm" type="submit" disabled={text.trim() === '' || change.isPending}>
        Add
      </Button>
      {change.error ? <CaseProblem error={change.error} /> : null}
    </form>
  );
}

function TaskRow({ caseId, task, mayWrite }: { caseId: number; task: CaseTask; mayWrite: boolean }) {
  const change = useChangeCasePart(caseId);
  const [outcome, setOutcome] = useState<string | null>(null);
  const [due, setDue] = useState<string | null>(null);
  const set = (body: Record<string, unknown>) =>
    change.mutate(
      { part: 'task.change', id: task.id, body: { ...body, revision: task.revision } },
      {
        onSuccess: () => {
          setOutcome(null);
          setDue(null);
        },
      },
    );
  return (
    <li className="border-b py-1.5">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <span className="w-14 shrink-0 text-12 text-text-3">
          {task.state === 'open' ? 'to do' : task.state}
        </span>
        <div className="min-w-56 flex-1">
          <p className="[overflow-wrap:anywhere]">
            <HostileText text={task.text} />
          </p>
          {task.outcome === '' ? null : (
            <p className="text-text-2 [overflow-wrap:anywhere]">
              <HostileText text={task.outcome} />
            </p>
          )}
          <p className="text-12 text-text-3">
            {task.assignee ? <PersonName handle={task.assignee} capital /> : 'Nobody yet'}
            {task.dueAt === null ? '' : <span className="num"> · due {dueDay(task.dueAt)}</span>}
            {task.step === null ? '' : ' · from the runbook'}
            {task.caseId === caseId ? '' : ` · with case #${task.caseId}`}
            {task.endedAt && task.endedBy ? (
              <>
                {' '}
                · ended <AgeText at={task.endedAt} /> by <PersonName handle={task.endedBy} />
              </>
            ) : null}
          </p>
        </div>
        {mayWrite && outcome === null && due === null ? (
          <span className="flex gap-1.5">
            {task.state === 'open' ? (
              <>
                <AssigneeMenu task={task} onAssignee={(assignee) => set({ assignee })} />
                <Button size="sm" variant="quiet" onClick={() => setDue(dueDay(task.dueAt))}>
                  Due…
                </Button>
                <Button size="sm" onClick={() => setOutcome('')}>
                  Done…
                </Button>
                <Button
                  size="sm"
                  variant="quiet"
                  disabled={change.isPending}
                  onClick={() => set({ state: 'skipped' })}
                >
                  Skip
                </Button>
              </>
            ) : (
              <Button
                size="sm"
                variant="quiet"
                disabled={change.isPending}
                onClick={() => set({ state: 'open' })}
              >
                Open again
              </Button>
            )}
          </span>
        ) : null}
      </div>
      {due === null ? null : (
        <form
          className="mt-1 flex items-end gap-2 pl-[68px]"
          onSubmit={(event) => {
            event.preventDefault();
            set({ dueAt: dueAtOf(due) });
          }}
        >
          <TextField
            label="To be done by"
            type="date"
            autoFocus
            className="w-44"
            hint="End of the day, UTC. Empty: no day."
            value={due}
            onChange={(event) => setDue(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setDue(null);
            }}
          />
          <Button size="sm" type="submit" disabled={change.isPending}>
            Set the day
          </Button>
          <Button size="sm" variant="quiet" onClick={() => setDue(null)}>
            Cancel
          </Button>
        </form>
      )}
      {outcome === null ? null : (
        <form
          className="mt-1 flex items-end gap-2 pl-[68px]"
          onSubmit={(event) => {
            event.preventDefault();
            set({ state: 'done', outcome: outcome.trim() });
          }}
        >
          <TextField
            label="What came of it"
            autoFocus
            maxLength={4000}
            className="flex-1"
            value={outcome}
            onChange={(event) => setOutcome(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setOutcome(null);
            }}
          />
          <Button size="sm" type="submit" disabled={change.isPending}>
            Done
          </Button>
        </form>
      )}
      {change.error ? <CaseProblem error={change.error} /> : null}
    </li>
  );
}

function AssigneeMenu(props: { task: CaseTask; onAssignee: (assignee: string | null) => void }) {
  const { task, onAssignee } = props;
  const { people, nameOf } = usePeople();
  return (
    <Menu
      align="end"
      label="Who does it"
      trigger={
        <Button size="sm" variant="quiet">
          Assign
        </Button>
      }
    >
      {task.assignee === null ? null : <MenuItem onSelect={() => onAssignee(null)}>Nobody</MenuItem>}
      {task.assignee === null ? null : <MenuRule />}
      {casePeople(people)
        .filter(({ handle }) => handle !== task.assignee)
        .map(({ handle }) => (
          <MenuItem key={handle} onSelect={() => onAssignee(handle)}>
            {nameOf(handle)}
          </MenuItem>
        ))}
    </Menu>
  );
}
