'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { z } from 'zod';
import { ApiError } from '@/components/shared/apiClient';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextArea } from '@/components/ui/TextArea';
import { SelectField } from '@/components/ui/TextField';
import { EVERY, REPORTS, type ReportSchedule, type reportScheduleList } from '@/lib/contracts/reports';
import { type ScheduleFields, schedulesQuery, useSaveSchedule } from './reportQueries';
import {
  asSent,
  NEW_SCHEDULE,
  problemsOf,
  rhythmText,
  WEEKDAYS,
  WHAT_WORD,
  webhookName,
} from './reportWords';

type List = z.infer<typeof reportScheduleList>;

/** Adds a schedule; with one, changes it as it was when the dialog opened, unless somebody else did meanwhile. */
export function ScheduleDialog(props: { schedule: ReportSchedule | null; list: List; onClose: () => void }) {
  const { list, onClose } = props;
  const form = useId();
  const newest = useQuery(schedulesQuery);
  // What is read again while somebody types leaves it alone: it is saved against what was begun from.
  const [schedule, setSchedule] = useState(props.schedule);
  const save = useSaveSchedule(schedule);
  const [fields, setFields] = useState<ScheduleFields>(schedule ?? NEW_SCHEDULE);
  const [addresses, setAddresses] = useState(schedule?.mailTo.join('\n') ?? '');
  const [asked, setAsked] = useState(false);
  const { what, every, dayOf, hour, mailTo, webhooks, enabled } = asSent(fields, addresses);
  const wanted = { what, every, dayOf, hour, mailTo, webhooks, enabled };
  const problems = problemsOf(wanted);
  const submit = () => {
    setAsked(true);
    if (save.isPending || Object.keys(problems).length > 0) return;
    save.mutate(wanted, { onSuccess: onClose });
  };
  const conflict = save.error instanceof ApiError && save.error.status === 409 && schedule !== null;
  const beginAgain = async () => {
    const { data } = await newest.refetch();
    const newer = data?.items.find(({ id }) => id === schedule?.id);
    if (newer === undefined) return;
    setSchedule(newer);
    setFields(newer);
    setAddresses(newer.mailTo.join('\n'));
    setAsked(false);
    save.reset();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={schedule ? 'Change the schedule' : 'New schedule'}
      description={`It is made ${rhythmText(wanted)}.`}
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} disabled={save.isPending}>
            {save.isPending ? 'Saving…' : schedule ? 'Save' : 'Add'}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="space-y-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <When fields={fields} onChange={setFields} />
        {fields.what === 'board' ? (
          <ToWhom
            webhooks={webhooksOffered(list, schedule)}
            mail={list.mail}
            fields={fields}
            onChange={setFields}
            addresses={addresses}
            onAddresses={setAddresses}
            problem={asked ? problems.mailTo : undefined}
          />
        ) : (
          <p className="text-text-2">
            All recordings are replayed. Nothing is sent unless it finds less, or raises more, than the run
            before: that is told to those who may tune analytics.
          </p>
        )}
        {save.error ? (
          <div>
            <ProblemNote
              compact
              error={save.error}
              what="Nothing was saved"
              safe="What you typed is still here."
            />
            {conflict ? (
              <Button
                size="sm"
                className="mt-2"
                disabled={newest.isFetching}
                onClick={() => void beginAgain()}
              >
                Begin again from the newer schedule
              </Button>
            ) : null}
          </div>
        ) : null}
      </form>
    </Dialog>
  );
}

const EVERY_WORD = { day: 'day', week: 'week', month: 'month' } as const;
const MONTH_DAYS = 28;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

function When({ fields, onChange }: { fields: ScheduleFields; onChange: (fields: ScheduleFields) => void }) {
  const days = fields.every === 'week' ? WEEKDAYS.length : MONTH_DAYS;
  return (
    <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
      <SelectField
        label="What"
        data-autofocus
        className="col-span-2 sm:col-span-4"
        value={fields.what}
        onChange={(event) =>
          onChange({ ...fields, what: REPORTS.find((what) => what === event.target.value) ?? fields.what })
        }
      >
        {REPORTS.map((what) => (
          <option key={what} value={what}>
            {WHAT_WORD[what]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Every"
        value={fields.every}
        onChange={(event) =>
          onChange({
            ...fields,
            every: EVERY.find((every) => every === event.target.value) ?? fields.every,
            dayOf: 1,
          })
        }
      >
        {EVERY.map((every) => (
          <option key={every} value={every}>
            {EVERY_WORD[every]}
          </option>
        ))}
      </SelectField>
      {fields.every === 'day' ? null : (
        <SelectField
          label="On"
          value={fields.dayOf}
          onChange={(event) => onChange({ ...fields, dayOf: Number(event.target.value) })}
        >
          {Array.from({ length: days }, (_, i) => i + 1).map((day) => (
            <option key={day} value={day}>
              {fields.every === 'week' ? WEEKDAYS[day - 1] : `day ${day}`}
            </option>
          ))}
        </SelectField>
      )}
      <SelectField
        label="At (UTC)"
        value={fields.hour}
        onChange={(event) => onChange({ ...fields, hour: Number(event.target.value) })}
      >
        {HOURS.map((hour) => (
          <option key={hour} value={hour}>
            {String(hour).padStart(2, '0')}:00
          </option>
        ))}
      </SelectField>
    </div>
  );
}

/** Webhooks to choose among: those that take reports, and those it goes to that no longer do, to be cleared. */
function webhooksOffered({ webhooks }: List, schedule: ReportSchedule | null): List['webhooks'] {
  const gone = (schedule?.webhooks ?? []).filter((id) => !webhooks.some((webhook) => webhook.id === id));
  return [...webhooks, ...gone.map((id) => ({ id, name: webhookName(id, webhooks) }))];
}

function ToWhom(props: {
  webhooks: List['webhooks'];
  /** Whether this server can send mail. */
  mail: boolean;
  fields: ScheduleFields;
  onChange: (fields: ScheduleFields) => void;
  addresses: string;
  onAddresses: (text: string) => void;
  problem: string | undefined;
}) {
  const { webhooks, mail, fields, onChange, addresses, onAddresses, problem } = props;
  const toggle = (id: string, on: boolean) =>
    onChange({
      ...fields,
      webhooks: on ? [...fields.webhooks, id] : fields.webhooks.filter((one) => one !== id),
    });
  return (
    <>
      <TextArea
        label="By mail to"
        rows={3}
        placeholder="board@example.com"
        value={addresses}
        error={problem}
        hint={
          mail
            ? 'One address a line. They are sent the numbers in a sentence, and a link to the PDF for those who sign in.'
            : 'This server sends no mail.'
        }
        onChange={(event) => onAddresses(event.target.value)}
      />
      <fieldset>
        <legend className="label mb-1">To webhooks</legend>
        {webhooks.length === 0 ? (
          <p className="text-12 text-text-3">
            None takes board reports: an administrator chooses that kind on the webhook.
          </p>
        ) : (
          webhooks.map(({ id, name }) => (
            <label key={id} className="flex min-h-6 items-start gap-2 py-0.5">
              <input
                type="checkbox"
                className="mt-0.5 size-4 shrink-0 accent-(--accent)"
                checked={fields.webhooks.includes(id)}
                onChange={(event) => toggle(id, event.target.checked)}
              />
              <span>
                <HostileText text={name} />
              </span>
            </label>
          ))
        )}
      </fieldset>
    </>
  );
}
