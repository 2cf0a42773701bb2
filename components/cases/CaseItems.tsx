'use client';

import Link from 'next/link';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { StageStrip } from '@/components/shared/StageStrip';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import type { CaseDetail } from '@/lib/contracts/cases';
import { CaseHits } from './CaseHits';
import { CaseProblem } from './CaseProblem';
import { useChangeCase } from './caseQueries';
import { alertHref } from './eventHref';

/** Findings, alerts and hits of the case in order of time, over all its hosts. */
export function CaseItems({ shown, mayWrite }: { shown: CaseDetail; mayWrite: boolean }) {
  const change = useChangeCase(shown.id);
  const { findings, alerts, hits, gone } = shown.items;
  // What a review looks at and what a closed case rests on stays in it: the server refuses as well.
  const mayTakeOut = mayWrite && shown.state !== 'in_review' && shown.state !== 'closed';
  if (findings.length + alerts.length + hits.length + gone.length === 0)
    return (
      <EmptyState title="Nothing in this case yet">
        <p>
          Add findings and alerts from triage or from an investigation: <kbd>e</kbd>, then this case; hits
          from Sigma.
        </p>
      </EmptyState>
    );
  const remove = (what: { findings?: string[]; alerts?: string[]; hits?: string[] }) =>
    change.mutate({ act: 'remove', ...what });
  const cameWith = (caseId: number) => (caseId === shown.id ? null : ` · with case #${caseId}`);
  return (
    <>
      {change.error ? (
        <div className="px-4 pt-3">
          <CaseProblem error={change.error} />
        </div>
      ) : null}
      <ul aria-label="Findings">
        {findings
          .toSorted((a, b) => a.from.localeCompare(b.from))
          .map((finding) => (
            <li
              key={finding.id}
              className="grid grid-cols-1 items-center gap-x-5 gap-y-1 border-b px-4 py-2 md:grid-cols-[132px_minmax(0,1fr)_190px_auto]"
            >
              <StageStrip stages={finding.stages} className="w-[132px]" />
              <div className="min-w-0">
                <Link
                  href={`/findings/${encodeURIComponent(finding.id)}`}
                  prefetch={false}
                  className="block hover:underline [overflow-wrap:anywhere]"
                >
                  <HostileText text={finding.headline} />
                </Link>
                <p className="num text-12 text-text-3">
                  <SeverityMark severity={finding.severity} score={finding.score} /> · {finding.analytic} ·{' '}
                  <HostileText text={finding.host} /> · <TimeText at={finding.from} date precision="s" zone />
                  {cameWith(finding.caseId)}
                </p>
              </div>
              <p className="text-12 text-text-2">
                {finding.verdict === null ? (
                  finding.reopened ? (
                    <span className="text-warning" title={hostilePlain(finding.reopened.why)}>
                      open again: its evidence changed
                    </span>
                  ) : (
                    'no verdict yet'
                  )
                ) : (
                  <>
                    {VERDICT_WORD[finding.verdict.value]}, by <PersonName handle={finding.verdict.by} />
                  </>
                )}
              </p>
              {mayTakeOut ? (
                <Button
                  size="sm"
                  variant="quiet"
                  disabled={change.isPending}
                  aria-label={`Take finding of ${hostilePlain(finding.host)} out of the case`}
                  onClick={() => remove({ findings: [finding.id] })}
                >
                  Take out
                </Button>
              ) : null}
            </li>
          ))}
        {gone.map(({ kind, id }) => (
          <li key={id} className="flex items-center gap-3 border-b px-4 py-2 text-text-3">
            <span className="min-w-0 flex-1 truncate">
              The data no longer gives {kind === 'hit' ? 'the Sigma hit' : kind}{' '}
              <span className="machine">
                <HostileText text={id} />
              </span>
              .
            </span>
            {mayTakeOut ? (
              <Button size="sm" variant="quiet" onClick={() => remove({ [`${kind}s`]: [id] })}>
                Take out
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {alerts.length === 0 ? null : (
        <>
          <h2 className="label px-4 pb-1 pt-4">Alerts of products</h2>
          <ul aria-label="Alerts">
            {alerts.map((alert) => (
              <li key={alert.key} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b px-4 py-2">
                <div className="min-w-0 flex-1">
                  <Link
                    href={alertHref(alert)}
                    prefetch={false}
                    className="block hover:underline [overflow-wrap:anywhere]"
                  >
                    <HostileText text={alert.rule} />
                  </Link>
                  <p className="num text-12 text-text-3">
                    {alert.severity ? <SeverityMark severity={alert.severity} /> : 'No severity'} ·{' '}
                    <HostileText text={alert.product} /> · <HostileText text={alert.host} /> ·{' '}
                    <TimeText at={alert.from} date precision="s" zone />
                    {cameWith(alert.caseId)}
                  </p>
                </div>
                <p className="text-12 text-text-2">
                  {alert.verdict === null ? 'no verdict yet' : VERDICT_WORD[alert.verdict.value]}
                </p>
                <span className="text-12 text-text-3">
                  added <AgeText at={alert.addedAt} />
                </span>
                {mayTakeOut ? (
                  <Button
                    size="sm"
                    variant="quiet"
                    disabled={change.isPending}
                    onClick={() => remove({ alerts: [alert.key] })}
                  >
                    Take out
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      )}
      {hits.length === 0 ? null : (
        <CaseHits
          hits={hits}
          cameWith={cameWith}
          takeOut={mayTakeOut ? (ref) => remove({ hits: [ref] }) : undefined}
          pending={change.isPending}
        />
      )}
    </>
  );
}
