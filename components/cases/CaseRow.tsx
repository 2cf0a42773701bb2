'use client';

import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { AgeText } from '@/components/shared/TimeText';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import type { CaseList } from '@/lib/contracts/cases';
import { CaseStateMark } from './CaseStateMark';
import { contentsOf, foundParts, workedText } from './caseWords';

const FOUND_WORD = {
  title: 'Title',
  note: 'Note',
  comment: 'Comment',
  task: 'Task',
  indicator: 'Indicator',
} as const;

/** A case in the list: what it is, where it stands, who has it; and where searched words were found. */
export function CaseRow({ shown }: { shown: CaseList['items'][number] }) {
  return (
    <li className="relative border-b hover:bg-surface-2">
      <div className="grid grid-cols-[3px_minmax(0,1fr)] gap-x-3 pr-4 lg:grid-cols-[3px_minmax(0,1fr)_130px_150px_110px]">
        <SeverityMark severity={shown.severity} as="edge" />
        <div className="min-w-0 py-2">
          <Link
            data-case={shown.id}
            href={`/cases/${shown.id}`}
            className="focus-inset block font-medium [overflow-wrap:anywhere] after:absolute after:inset-0"
          >
            <span className="num font-normal text-text-3">#{shown.id}</span>{' '}
            <HostileText text={shown.title} />
          </Link>
          <p className="num text-12 text-text-3">
            <SeverityMark severity={shown.severity} /> · {contentsOf(shown)}
            {shown.tasksTotal > 0
              ? ` · ${shown.tasksTotal - shown.tasksOpen} of ${shown.tasksTotal} tasks ended`
              : ''}
            {shown.commentsOpen > 0
              ? ` · ${shown.commentsOpen} open ${shown.commentsOpen === 1 ? 'comment' : 'comments'}`
              : ''}
            {shown.seconds > 0 ? ` · ${workedText(shown.seconds)} worked` : ''}
          </p>
          {shown.found.map((found, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that does not change
            <p key={place} className="mt-0.5 truncate text-12 text-text-2">
              <span className="text-text-3">{FOUND_WORD[found.where]}: </span>
              {foundParts(found.text).map((part, n) =>
                n % 2 === 1 ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text
                  <mark key={n} className="rounded-sm bg-accent-soft px-0.5 text-text-1">
                    <HostileText text={part} />
                  </mark>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text
                  <HostileText key={n} text={part} />
                ),
              )}
            </p>
          ))}
        </div>
        <div className="self-center max-lg:col-start-2">
          <CaseStateMark state={shown.state} />
          {shown.outcome ? <p className="text-12 text-text-3">{VERDICT_WORD[shown.outcome]}</p> : null}
        </div>
        <p className="self-center truncate text-text-2 max-lg:hidden">
          {shown.owner ? (
            <PersonName handle={shown.owner} capital />
          ) : (
            <span className="text-text-3">Nobody</span>
          )}
        </p>
        <p className="self-center text-right text-12 text-text-3 max-lg:hidden">
          <AgeText at={shown.updatedAt} />
        </p>
      </div>
    </li>
  );
}
