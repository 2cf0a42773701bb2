'use client';

import { useState } from 'react';
import type { z } from 'zod';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem, MenuRule } from '@/components/ui/Menu';
import { useToast } from '@/components/ui/Toast';
import type { ReportSchedule, reportScheduleList } from '@/lib/contracts/reports';
import { RemoveScheduleDialog } from './RemoveScheduleDialog';
import { useRunSchedule, useSaveSchedule } from './reportQueries';
import { rhythmText, WHAT_WORD, webhookName } from './reportWords';
import { ScheduleDialog } from './ScheduleDialog';

type List = z.infer<typeof reportScheduleList>;

/** One schedule: what, when, to whom, and how the last time went. */
export function ScheduleRow({ schedule, list }: { schedule: ReportSchedule; list: List }) {
  const { what, enabled, nextAt, lastAt, lastError, createdBy } = schedule;
  return (
    <li className="num flex flex-wrap items-start gap-x-4 gap-y-2 border-b px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="text-13">
          {WHAT_WORD[what]}, {rhythmText(schedule)}
          {enabled ? null : <span className="font-normal text-text-3"> · switched off</span>}
        </h2>
        <p className="text-text-2 [overflow-wrap:anywhere]">{toWhom(schedule, list)}</p>
        <p className="mt-1 text-12 text-text-3">
          {enabled ? (
            <>
              next <TimeText at={nextAt} date precision="min" zone />
              {' · '}
            </>
          ) : null}
          {lastAt === null ? (
            'not made yet'
          ) : (
            <>
              last made <TimeText at={lastAt} date precision="min" zone />
            </>
          )}
          {' · added by '}
          <PersonName handle={createdBy} />
        </p>
        {lastError === null ? null : (
          <p className="mt-1 text-12 text-danger [overflow-wrap:anywhere]">
            <HostileText text={lastError} />
          </p>
        )}
      </div>
      <Allowed to="reports.manage">
        <Acts schedule={schedule} list={list} />
      </Allowed>
    </li>
  );
}

function toWhom({ what, mailTo, webhooks }: ReportSchedule, list: List): string {
  if (what === 'validation') return 'A regression is told to those who may tune analytics.';
  const names = webhooks.map((id) => webhookName(id, list.webhooks));
  return `to ${[...mailTo, ...names].join(', ')}`;
}

function Acts({ schedule, list }: { schedule: ReportSchedule; list: List }) {
  const toast = useToast();
  const run = useRunSchedule(schedule.id);
  const save = useSaveSchedule(schedule);
  const [act, setAct] = useState<'change' | 'remove' | null>(null);
  const name = `${WHAT_WORD[schedule.what]} ${rhythmText(schedule)}`;
  const refused = (what: string) => (error: Error) =>
    toast.show({ text: `${what}: ${error.message}`, tone: 'danger' });
  return (
    <>
      <Button
        size="sm"
        disabled={run.isPending}
        onClick={() =>
          run.mutate(undefined, {
            onSuccess: () =>
              toast.show({
                text:
                  schedule.what === 'board'
                    ? 'The report is made and on its way.'
                    : 'A validation is asked for.',
              }),
            onError: refused('Not made'),
          })
        }
      >
        {schedule.what === 'board' ? 'Send now' : 'Run now'}
        <span className="sr-only">: {name}</span>
      </Button>
      <Menu
        align="end"
        label={`What to do about: ${name}`}
        trigger={
          <Button size="sm" aria-label={`Act on: ${name}`}>
            Act
          </Button>
        }
      >
        <MenuItem onSelect={() => setAct('change')}>Change…</MenuItem>
        <MenuItem
          disabled={save.isPending}
          onSelect={() =>
            save.mutate(
              { ...fieldsOf(schedule), enabled: !schedule.enabled },
              { onError: refused('Not changed') },
            )
          }
        >
          {schedule.enabled ? 'Switch off' : 'Switch on'}
        </MenuItem>
        <MenuRule />
        <MenuItem onSelect={() => setAct('remove')}>Remove…</MenuItem>
      </Menu>
      {act === 'change' ? (
        <ScheduleDialog schedule={schedule} list={list} onClose={() => setAct(null)} />
      ) : null}
      {act === 'remove' ? (
        <RemoveScheduleDialog id={schedule.id} name={name} onClose={() => setAct(null)} />
      ) : null}
    </>
  );
}

function fieldsOf({ what, every, dayOf, hour, mailTo, webhooks, enabled }: ReportSchedule) {
  return { what, every, dayOf, hour, mailTo, webhooks, enabled };
}
