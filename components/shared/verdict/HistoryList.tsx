import type { FindingHistory } from '@/lib/contracts/findings';
import { stageState } from '@/lib/contracts/scalars';
import { HostileText } from '../MonoText';
import { PersonName } from '../people';
import { StagePip } from '../StagePip';
import { StageStrip } from '../StageStrip';
import { AgeText, TimeText } from '../TimeText';
import {
  changeTitle,
  type HistoryChange,
  type HistoryRevision,
  type HistoryVerdict,
  historyEntries,
  restedOn,
} from './historyWords';
import { VERDICT_WORD } from './verdictWords';

/** Every verdict with what it rested on, and every change by later data, newest first; the first `most` of them. */
export function HistoryList({ history, most }: { history: FindingHistory; most?: number | undefined }) {
  const entries = historyEntries(history);
  const shown = most === undefined ? entries : entries.slice(0, most);
  if (entries.length === 0)
    return <p className="text-text-3">No verdict yet, and no later data changed it.</p>;
  return (
    <ol className="space-y-2.5">
      {shown.map((entry) => (
        <li key={`${entry.kind}${entry.at}`} className="[overflow-wrap:anywhere]">
          {entry.kind === 'verdict' ? (
            <VerdictEntry verdict={entry.verdict} />
          ) : (
            <RevisionEntry revision={entry.revision} />
          )}
        </li>
      ))}
      {entries.length > shown.length ? (
        <li className="text-text-3">and {entries.length - shown.length} before, on its page</li>
      ) : null}
    </ol>
  );
}

function VerdictEntry({ verdict }: { verdict: HistoryVerdict }) {
  return (
    <>
      <p>
        <span className="font-medium">
          {verdict.value === null ? 'Verdict taken back' : VERDICT_WORD[verdict.value]}
        </span>
        <span className="text-text-2">
          {' by '}
          <PersonName handle={verdict.by} />
          {verdict.reason === '' ? null : (
            <>
              {': '}
              <HostileText text={verdict.reason} />
            </>
          )}
        </span>
      </p>
      <p className="num flex flex-wrap items-center gap-x-2 text-12 text-text-3">
        <When at={verdict.at} />
        {verdict.value === null ? null : (
          <>
            <StageStrip stages={verdict.stages} className="w-20" />
            <span>
              <HostileText text={restedOn(verdict)} />
            </span>
          </>
        )}
      </p>
    </>
  );
}

function RevisionEntry({ revision }: { revision: HistoryRevision }) {
  return (
    <>
      <p className={revision.reopened ? 'font-medium text-warning' : 'font-medium'}>
        {revision.reopened ? 'Later data opened it again' : 'Later data changed it'}
      </p>
      <ul>
        {revision.changes.map((change) => (
          <li
            key={`${change.what}${change.stage}`}
            className="grid grid-cols-[minmax(0,1fr)_minmax(64px,auto)_12px_minmax(64px,auto)] items-baseline gap-x-2"
          >
            <span className="text-text-2">
              <HostileText text={changeTitle(change)} />
            </span>
            <Side change={change} side="before" />
            <span aria-hidden="true" className="text-text-3">
              →
            </span>
            <Side change={change} side="after" />
          </li>
        ))}
      </ul>
      <p className="num text-12 text-text-3">
        <When at={revision.at} /> · revision {revision.revision}
      </p>
    </>
  );
}

/** One side of a change: what was struck out, or what stands in its place. */
function Side({ change, side }: { change: HistoryChange; side: 'before' | 'after' }) {
  const text = change[side];
  const state = change.what === 'stage' ? stageState.safeParse(text).data : undefined;
  const words = (
    <span className="inline-flex items-center gap-1">
      {state === undefined ? null : <StagePip state={state} size={10} />}
      <HostileText text={text} />
    </span>
  );
  return side === 'before' ? (
    <del className="text-text-3">
      <span className="sr-only">was </span>
      {words}
    </del>
  ) : (
    <ins className="no-underline">
      <span className="sr-only">is </span>
      {words}
    </ins>
  );
}

function When({ at }: { at: string }) {
  return (
    <span>
      <TimeText at={at} date precision="min" zone /> · <AgeText at={at} />
    </span>
  );
}
