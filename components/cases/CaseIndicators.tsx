'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type FormEvent, Fragment, useState } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { eventsHref } from '@/components/shared/query/eventSearch';
import { Button } from '@/components/ui/Button';
import { Table, Td, Th } from '@/components/ui/Table';
import { SelectField, TextField } from '@/components/ui/TextField';
import { type CaseDetail, INDICATOR_TYPES } from '@/lib/contracts/cases';
import { CaseProblem } from './CaseProblem';
import { indicatorProposalsQuery, useChangeCasePart } from './caseQueries';

/** Addresses, names and hashes of the case, where else they were seen, and those its findings hold besides. */
export function CaseIndicators({ shown, mayWrite }: { shown: CaseDetail; mayWrite: boolean }) {
  const change = useChangeCasePart(shown.id);
  return (
    <section aria-label="Indicators" className="min-w-0">
      <h2 className="mb-2 text-15">Indicators</h2>
      {mayWrite ? <NewIndicator caseId={shown.id} /> : null}
      {change.error ? <CaseProblem error={change.error} /> : null}
      {shown.indicators.length === 0 ? (
        <p className="py-2 text-text-2">None yet.</p>
      ) : (
        <Table caption="Indicators" className="mt-2">
          <thead>
            <tr>
              <Th>Kind</Th>
              <Th>Value</Th>
              <Th>Also in</Th>
              <Th>
                <span className="sr-only">Acts</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {shown.indicators.map((indicator) => (
              <tr key={indicator.id}>
                <Td className="text-text-3">{indicator.type}</Td>
                <Td className="min-w-40">
                  <MonoText text={indicator.value} />
                  <p className="text-12 text-text-3">
                    {indicator.note === '' ? null : (
                      <>
                        <HostileText text={indicator.note} /> ·{' '}
                      </>
                    )}
                    <PersonName handle={indicator.by} capital />
                  </p>
                </Td>
                <Td>
                  {indicator.cases.length === 0 ? <span className="text-text-3">no other case</span> : null}
                  {indicator.cases.map((other, place) => (
                    <Fragment key={other.id}>
                      {place > 0 ? ', ' : ''}
                      <Link
                        className="link num"
                        href={`/cases/${other.id}`}
                        title={hostilePlain(other.title)}
                      >
                        #{other.id}
                      </Link>
                    </Fragment>
                  ))}
                </Td>
                <Td>
                  <span className="flex justify-end gap-2">
                    {indicator.query ? (
                      <Link className="link" href={eventsHref({ q: indicator.query })}>
                        Events
                      </Link>
                    ) : null}
                    {mayWrite ? (
                      <Button
                        size="sm"
                        variant="quiet"
                        disabled={change.isPending}
                        onClick={() => change.mutate({ part: 'indicator.withdraw', id: indicator.id })}
                      >
                        Withdraw
                      </Button>
                    ) : null}
                  </span>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {mayWrite && shown.findings > 0 ? <Proposals caseId={shown.id} /> : null}
    </section>
  );
}

function NewIndicator({ caseId }: { caseId: number }) {
  const change = useChangeCasePart(caseId);
  const [type, setType] = useState<string>('domain');
  const [value, setValue] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value.trim() === '' || change.isPending) return;
    change.mutate(
      { part: 'indicator.add', type, value: value.trim(), note: '' },
      { onSuccess: () => setValue('') },
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <SelectField
        label="Kind"
        className="w-28"
        value={type}
        onChange={(event) => setType(event.target.value)}
      >
        {INDICATOR_TYPES.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </SelectField>
      <TextField
        label="Value"
        maxLength={4000}
        className="min-w-48 flex-1"
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      <Button size="sm" type="submit" disabled={value.trim() === '' || change.isPending}>
        Add
      </Button>
      {change.error ? <CaseProblem error={change.error} /> : null}
    </form>
  );
}

/** What the findings hold and the case does not yet. */
function Proposals({ caseId }: { caseId: number }) {
  const change = useChangeCasePart(caseId);
  const proposals = useQuery(indicatorProposalsQuery(caseId));
  const items = proposals.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <details className="mt-3">
      <summary className="num cursor-pointer py-1 text-text-2">
        {items.length.toLocaleString('en')} more in the findings
      </summary>
      <ul>
        {items.map((item) => (
          <li key={`${item.type}:${item.value}`} className="flex items-center gap-3 border-b py-1">
            <span className="w-16 shrink-0 text-text-3">{item.type}</span>
            <span className="min-w-0 flex-1 truncate">
              <MonoText text={item.value} max={90} />
            </span>
            <span className="num text-12 text-text-3">
              {item.findings} {item.findings === 1 ? 'finding' : 'findings'}
            </span>
            <Button
              size="sm"
              disabled={change.isPending}
              onClick={() =>
                change.mutate({ part: 'indicator.add', type: item.type, value: item.value, note: '' })
              }
            >
              Add
            </Button>
          </li>
        ))}
      </ul>
      {change.error ? <CaseProblem error={change.error} /> : null}
    </details>
  );
}
