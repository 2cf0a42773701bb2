'use client';

import Link from 'next/link';
import { useState } from 'react';
import { API } from '@/components/shared/apiClient';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { useMe } from '@/components/shared/me';
import { PersonName, usePeople } from '@/components/shared/people';
import { SEVERITY_WORD, SeverityMark } from '@/components/shared/SeverityMark';
import { AgeText } from '@/components/shared/TimeText';
import { VERDICT_WORD, VERDICTS } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuLink, MenuRule } from '@/components/ui/Menu';
import { TextField } from '@/components/ui/TextField';
import type { CaseDetail } from '@/lib/contracts/cases';
import type { Severity, VerdictValue } from '@/lib/contracts/scalars';
import { CaseProblem } from './CaseProblem';
import { CaseStateMark } from './CaseStateMark';
import { CaseSummaryText } from './CaseSummaryText';
import { casePeople } from './casePeople';
import { useChangeCase } from './caseQueries';
import { contentsOf, workedText } from './caseWords';
import { MergeDialog } from './MergeDialog';

/** What the case is called and where it stands, and what can be done with the whole of it. */
export function CaseHeader({ shown, mayWrite }: { shown: CaseDetail; mayWrite: boolean }) {
  const change = useChangeCase(shown.id);
  const [merging, setMerging] = useState(false);
  const set = (body: Record<string, unknown>) =>
    change.mutate({ act: 'change', body: { ...body, revision: shown.revision } });
  return (
    <header className="space-y-1.5 px-4 pb-2 pt-3">
      {shown.mergedInto === null ? null : (
        <p role="status" className="rounded-md border border-warning px-3 py-1.5 text-warning">
          This case was merged into{' '}
          <Link className="link" href={`/cases/${shown.mergedInto}`}>
            case {shown.mergedInto}
          </Link>
          , where it is worked on. Nothing of it was moved: it can be taken apart there.
        </p>
      )}
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <Title key={shown.title} shown={shown} mayWrite={mayWrite} onTitle={(title) => set({ title })} />
        <div className="flex flex-wrap items-center gap-2">
          {mayWrite ? <OwnerMenu shown={shown} onOwner={(owner) => set({ owner })} /> : null}
          {mayWrite ? (
            <Menu
              align="end"
              trigger={
                <Button size="sm" variant="quiet">
                  Severity
                </Button>
              }
            >
              <MenuChoices
                value={shown.severity}
                onChange={(severity) => set({ severity })}
                choices={(Object.keys(SEVERITY_WORD) as Severity[]).map((value) => ({
                  value,
                  label: SEVERITY_WORD[value],
                }))}
              />
            </Menu>
          ) : null}
          <Menu
            align="end"
            trigger={
              <Button size="sm" variant="quiet">
                More
              </Button>
            }
          >
            <MenuLabel>Evidence pack</MenuLabel>
            <MenuLink href={`${API}/cases/${shown.id}/evidence`} download>
              ZIP, without original files
            </MenuLink>
            <MenuLink href={`${API}/cases/${shown.id}/evidence?originals=true`} download>
              ZIP, with original files
            </MenuLink>
            {mayWrite ? <MenuRule /> : null}
            {mayWrite ? (
              <MenuItem onSelect={() => setMerging(true)}>Merge into another case…</MenuItem>
            ) : null}
          </Menu>
          {mayWrite ? <CloseMenu shown={shown} onState={set} /> : null}
        </div>
      </div>
      <p className="num flex flex-wrap items-center gap-x-2 gap-y-1 text-text-2">
        <CaseStateMark state={shown.state} />
        <span className="text-text-3">
          since <AgeText at={shown.stateAt} />
        </span>
        {shown.outcome ? <span>· {VERDICT_WORD[shown.outcome]}</span> : null}
        <span>·</span>
        <SeverityMark severity={shown.severity} />
        <span>· {contentsOf(shown)}</span>
        <span>· {shown.owner ? <PersonName handle={shown.owner} capital /> : 'nobody has it'}</span>
        {shown.work.length > 0 ? (
          <span
            className="text-text-3"
            title={shown.work
              .map(({ person, seconds }) => `${hostilePlain(person)}: ${workedText(seconds)}`)
              .join('\n')}
          >
            · {workedText(shown.seconds)} worked
          </span>
        ) : null}
        <span className="text-text-3">
          · opened <AgeText at={shown.createdAt} /> by <PersonName handle={shown.createdBy} />
        </span>
      </p>
      <CaseSummaryText key={shown.id} shown={shown} mayWrite={mayWrite} />
      {shown.merged.length > 0 ? <Merged shown={shown} mayWrite={mayWrite} /> : null}
      {change.error ? <CaseProblem error={change.error} /> : null}
      <MergeDialog shown={shown} open={merging} onOpenChange={setMerging} />
    </header>
  );
}

function Title(props: { shown: CaseDetail; mayWrite: boolean; onTitle: (title: string) => void }) {
  const { shown, mayWrite } = props;
  const [draft, setDraft] = useState<string | null>(null);
  if (draft !== null)
    return (
      <form
        className="flex min-w-0 flex-1 items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (draft.trim() !== '' && draft.trim() !== shown.title) props.onTitle(draft.trim());
          setDraft(null);
        }}
      >
        <TextField
          label="Title"
          hideLabel
          autoFocus
          maxLength={200}
          className="flex-1"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setDraft(null);
          }}
        />
        <Button size="sm" type="submit">
          Keep
        </Button>
      </form>
    );
  return (
    <h1 className="min-w-0 flex-1 text-20 [overflow-wrap:anywhere]">
      <span className="num font-normal text-text-3">#{shown.id}</span> <HostileText text={shown.title} />
      {mayWrite ? (
        <Button size="sm" variant="quiet" className="ml-2 align-middle" onClick={() => setDraft(shown.title)}>
          Rename
        </Button>
      ) : null}
    </h1>
  );
}

function OwnerMenu({ shown, onOwner }: { shown: CaseDetail; onOwner: (owner: string | null) => void }) {
  const me = useMe().handle;
  const { people, nameOf } = usePeople();
  return (
    <Menu
      align="end"
      trigger={
        <Button size="sm" variant="quiet">
          Owner
        </Button>
      }
    >
      {shown.owner === me ? null : <MenuItem onSelect={() => onOwner(me)}>Take it</MenuItem>}
      {shown.owner === null ? null : <MenuItem onSelect={() => onOwner(null)}>Nobody</MenuItem>}
      <MenuRule />
      {casePeople(people)
        .filter(({ handle }) => handle !== me)
        .map(({ handle }) => (
          <MenuItem key={handle} onSelect={() => onOwner(handle)}>
            {nameOf(handle)}
          </MenuItem>
        ))}
    </Menu>
  );
}

/** Closing without a review, where the server allows it, and opening again. */
function CloseMenu(props: { shown: CaseDetail; onState: (body: Record<string, unknown>) => void }) {
  const { shown, onState } = props;
  if (shown.state === 'closed')
    return (
      <Button size="sm" onClick={() => onState({ state: 'open' })}>
        Open again
      </Button>
    );
  if (shown.state === 'in_review') return null;
  return (
    <Menu align="end" trigger={<Button size="sm">Close</Button>}>
      <MenuLabel>Close without review, as</MenuLabel>
      {VERDICTS.map((outcome: VerdictValue) => (
        <MenuItem key={outcome} onSelect={() => onState({ state: 'closed', outcome })}>
          {VERDICT_WORD[outcome]}
        </MenuItem>
      ))}
    </Menu>
  );
}

function Merged({ shown, mayWrite }: { shown: CaseDetail; mayWrite: boolean }) {
  const change = useChangeCase(shown.id);
  return (
    <ul aria-label="Cases merged into this one" className="space-y-0.5">
      {shown.merged.map((merged) => (
        <li key={merged.id} className="flex flex-wrap items-center gap-2 text-12 text-text-2">
          <span>
            With case <span className="num">#{merged.id}</span> <HostileText text={merged.title} />, merged{' '}
            <AgeText at={merged.at} /> by <PersonName handle={merged.by} />
          </span>
          {mayWrite ? (
            <Button
              size="sm"
              variant="quiet"
              disabled={change.isPending}
              onClick={() => change.mutate({ act: 'unmerge', source: merged.id })}
            >
              Take apart
            </Button>
          ) : null}
        </li>
      ))}
      {change.error ? <CaseProblem error={change.error} /> : null}
    </ul>
  );
}
