'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiPath } from '@/components/shared/apiClient';
import { Allowed, useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button, buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { ReportsSkeleton } from './ReportsSkeleton';
import { schedulesQuery } from './reportQueries';
import { ScheduleDialog } from './ScheduleDialog';
import { ScheduleRow } from './ScheduleRow';

/** Reports that are made and sent again and again, and the one that can be had now. */
export function ReportsScreen() {
  const refusal = useRefusal('reports.read');
  const list = useQuery({ ...schedulesQuery, enabled: refusal === null });
  const [adding, setAdding] = useState(false);
  if (refusal !== null) return <EmptyState title={refusal} />;
  const { data } = list;
  return (
    <section aria-label="Reports" className="h-full overflow-y-auto pb-8">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pb-3 pt-3.5">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-15">Reports</h1>
          <p className="max-w-[76ch] text-text-2">
            The board report is one page with the numbers of the coverage page. Each one of a schedule is
            about the days since the one before; times that were missed are made up for by one.
          </p>
          {data && !data.mail ? (
            <p className="mt-1 text-12 text-text-3">
              This server sends no mail: SEQUELA_SMTP_URL and SEQUELA_MAIL_FROM are not set.
            </p>
          ) : null}
        </div>
        <a className={buttonClass()} download href={apiPath('/coverage/report', { by: 'group' })}>
          Board report now, PDF
        </a>
        <Allowed to="reports.manage">
          <Button variant="primary" disabled={!data} onClick={() => setAdding(true)}>
            Add a schedule…
          </Button>
        </Allowed>
      </header>
      {list.error && !data ? (
        <ProblemNote
          error={list.error}
          what="The schedules could not be read"
          safe="Reports are made and sent as before."
          onRetry={() => void list.refetch()}
        />
      ) : !data ? (
        <ReportsSkeleton />
      ) : data.items.length === 0 ? (
        <EmptyState title="Nothing is scheduled">
          <p>
            The board report can go out by mail and to webhooks by day, week or month; a validation can replay
            all recordings as often.
          </p>
        </EmptyState>
      ) : (
        <ul aria-label="Schedules" className="border-t">
          {data.items.map((schedule) => (
            <ScheduleRow key={schedule.id} schedule={schedule} list={data} />
          ))}
        </ul>
      )}
      {adding && data ? (
        <ScheduleDialog schedule={null} list={data} onClose={() => setAdding(false)} />
      ) : null}
    </section>
  );
}
