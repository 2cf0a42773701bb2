'use client';

import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { AgeText } from '@/components/shared/TimeText';
import type { CaseSummary } from '@/lib/contracts/cases';
import { CaseStateMark } from './CaseStateMark';
import { CASE_STATE_WORD, CASE_STATES, contentsOf } from './caseWords';

/** Cases in a column per state, those longest in it first. */
export function CaseBoard({ cases }: { cases: readonly CaseSummary[] }) {
  return (
    <div className="grid h-full min-w-[720px] grid-cols-4 divide-x">
      {CASE_STATES.map((state) => {
        const here = cases
          .filter((each) => each.state === state)
          .toSorted((a, b) => a.stateAt.localeCompare(b.stateAt));
        return (
          <section key={state} aria-label={CASE_STATE_WORD[state]} className="min-w-0 px-3 py-3">
            <h2 className="mb-2 flex items-center justify-between text-13">
              <CaseStateMark state={state} />
              <span className="num font-normal text-text-3">{here.length}</span>
            </h2>
            {here.length === 0 ? <p className="text-12 text-text-3">None</p> : null}
            <ul className="space-y-2">
              {here.map((each) => (
                <li
                  key={each.id}
                  className="relative flex gap-2.5 overflow-hidden rounded-md border bg-surface-1 hover:border-line-strong"
                >
                  <SeverityMark severity={each.severity} as="edge" />
                  <div className="min-w-0 flex-1 py-1.5 pr-2.5">
                    <Link
                      href={`/cases/${each.id}`}
                      className="line-clamp-3 font-medium [overflow-wrap:anywhere] after:absolute after:inset-0"
                    >
                      <HostileText text={each.title} />
                    </Link>
                    <p className="num mt-0.5 text-12 text-text-3">
                      <SeverityMark severity={each.severity} /> · {contentsOf(each)}
                    </p>
                    <p className="num flex justify-between gap-2 text-12 text-text-3">
                      <span className="truncate">
                        {each.owner ? <PersonName handle={each.owner} capital /> : 'Nobody'}
                      </span>
                      <AgeText at={each.stateAt} title={`In this state since ${each.stateAt}`} />
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
