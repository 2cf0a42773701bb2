'use client';

import { type FormEvent, useState } from 'react';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { SEVERITY_WORD, SeverityMark } from '@/components/shared/SeverityMark';
import { AgeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Table, Td, Th } from '@/components/ui/Table';
import { SelectField, TextField } from '@/components/ui/TextField';
import { useToast } from '@/components/ui/Toast';
import type { Severity } from '@/lib/contracts/scalars';
import type { ServiceClocks } from '@/lib/contracts/triage';
import {
  type ClockField,
  draftOf,
  isChanged,
  itemsOf,
  minutesOf,
  oddOrder,
  SEVERITIES,
  UNIT_WORD,
  UNITS,
  type Unit,
} from './clockDraft';
import { useSetClocks } from './queries';

/** The clocks as they are set, to be changed all at once. Mount it anew when they were read again. */
export function ClocksForm({ clocks, mayChange }: { clocks: ServiceClocks; mayChange: boolean }) {
  const [draft, setDraft] = useState(() => draftOf(clocks));
  const save = useSetClocks();
  const toast = useToast();
  const items = itemsOf(draft);
  const changed = isChanged(draft, clocks);
  const odd = oddOrder(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (items === null || !changed || save.isPending) return;
    save.mutate(items, { onSuccess: () => toast.show({ text: 'Clocks set.', duration: 4000 }) });
  };
  return (
    <form onSubmit={submit} className="max-w-[720px] space-y-3 px-4 py-2">
      <Table caption="Service clocks by severity">
        <thead>
          <tr>
            <Th className="w-40">Severity</Th>
            <Th className="w-64">Verdict within</Th>
            <Th>Set</Th>
          </tr>
        </thead>
        <tbody>
          {SEVERITIES.map((severity) => (
            <ClockRow
              key={severity}
              severity={severity}
              field={draft[severity]}
              set={clocks.items.find((item) => item.severity === severity)}
              mayChange={mayChange}
              onChange={(field) => setDraft({ ...draft, [severity]: field })}
            />
          ))}
        </tbody>
      </Table>
      {odd === null ? null : (
        <p role="status" className="text-warning">
          {odd.charAt(0).toUpperCase() + odd.slice(1)} Is that meant?
        </p>
      )}
      {save.error ? (
        <ProblemNote
          compact
          error={save.error}
          what="The clocks were not set"
          safe="They run as before, and what you typed is still here."
        />
      ) : null}
      {mayChange ? (
        <div className="flex gap-2">
          <Button variant="primary" type="submit" disabled={!changed || items === null || save.isPending}>
            {save.isPending ? 'Setting…' : 'Set the clocks'}
          </Button>
          {changed ? (
            <Button variant="quiet" onClick={() => setDraft(draftOf(clocks))}>
              As they are set
            </Button>
          ) : null}
        </div>
      ) : null}
    </form>
  );
}

function ClockRow(props: {
  severity: Severity;
  field: ClockField;
  set: ServiceClocks['items'][number] | undefined;
  mayChange: boolean;
  onChange: (field: ClockField) => void;
}) {
  const { severity, field, set, onChange } = props;
  const read = minutesOf(field);
  const word = SEVERITY_WORD[severity];
  return (
    <tr>
      <Td>
        <SeverityMark severity={severity} className="h-7" />
      </Td>
      <Td>
        <div className="flex items-start gap-2">
          <TextField
            label={`${word}: how many`}
            hideLabel
            inputMode="numeric"
            className="w-24"
            placeholder="no clock"
            disabled={!props.mayChange}
            value={field.amount}
            error={'problem' in read ? read.problem : undefined}
            onChange={(event) => onChange({ ...field, amount: event.target.value })}
          />
          <SelectField
            label={`${word}: unit`}
            hideLabel
            className="w-28"
            disabled={!props.mayChange}
            value={field.unit}
            onChange={(event) => onChange({ ...field, unit: event.target.value as Unit })}
          >
            {UNITS.map((unit) => (
              <option key={unit} value={unit}>
                {UNIT_WORD[unit]}
              </option>
            ))}
          </SelectField>
        </div>
      </Td>
      <Td className="text-text-3 align-middle">
        {set === undefined ? (
          'not set'
        ) : (
          <>
            <PersonName handle={set.setBy} capital />, <AgeText at={set.setAt} />
          </>
        )}
      </Td>
    </tr>
  );
}
