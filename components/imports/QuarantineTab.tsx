'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isPending } from '@/components/shared/importQueries';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { ImportView, QuarantineGroups } from '@/lib/contracts/imports';
import { useReparse } from './changes';
import { PasswordField } from './PasswordField';
import { QuarantineList } from './QuarantineList';
import { quarantineGroupsQuery } from './queries';

/** Why records of an import could not become events, each reason once; one opened shows its records. */
export function QuarantineTab({ thisImport }: { thisImport: ImportView }) {
  const total = thisImport.records.quarantined;
  const groups = useQuery({ ...quarantineGroupsQuery(thisImport), enabled: total > 0 });
  if (total === 0)
    return (
      <p className="text-text-3">
        {isPending(thisImport) ? 'No record has been refused so far.' : 'Every record could be read.'}
      </p>
    );
  if (groups.error) {
    return (
      <ProblemNote
        compact
        error={groups.error}
        what="The quarantine could not be read"
        safe="The records are in the original."
        onRetry={() => void groups.refetch()}
      />
    );
  }
  return (
    <div className="space-y-4">
      <p className="text-text-2">
        Kept with their bytes and left out of every count of events. Nothing else of the file is affected.
      </p>
      <Allowed to="imports.change" told>
        <ReadAgain thisImport={thisImport} />
      </Allowed>
      {groups.data ? (
        <Groups thisImport={thisImport} groups={groups.data.items} />
      ) : (
        <SkeletonRegion label="Reading the quarantine" className="space-y-3">
          {[90, 70].map((width) => (
            <Skeleton key={width} className="h-8" style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      )}
    </div>
  );
}

function Groups({ thisImport, groups }: { thisImport: ImportView; groups: QuarantineGroups['items'] }) {
  // One reason alone needs no choosing.
  const [chosen, setChosen] = useState<string | null>(null);
  const open = chosen ?? (groups.length === 1 ? groups[0]?.group : undefined);
  return (
    <ul aria-label="Reasons">
      {groups.map(({ group, records, first }) => (
        <li key={group} className="border-t py-2">
          <button
            type="button"
            aria-expanded={open === group}
            onClick={() => setChosen(open === group ? '' : group)}
            className="flex min-h-6 w-full items-start gap-3 text-left underline-offset-3 hover:underline"
          >
            <span className="num w-14 shrink-0 text-right">{records.toLocaleString('en')}</span>
            <span className="min-w-0 flex-1 text-warning [overflow-wrap:anywhere]">
              <HostileText text={records === 1 ? first.reason : group} />
            </span>
          </button>
          <p className="num pl-17 text-12 text-text-3">
            First: <HostileText text={first.file} />, record {first.index.toLocaleString('en')}, byte{' '}
            {first.offset.toLocaleString('en')}
          </p>
          {open === group ? (
            <div className="pt-2">
              <QuarantineList thisImport={thisImport} group={group} />
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** Has only the quarantined records read again: of use after the product was updated or a mapping mended. */
function ReadAgain({ thisImport }: { thisImport: ImportView }) {
  const [password, setPassword] = useState('');
  const reparse = useReparse(thisImport.id);
  const busy = isPending(thisImport) || reparse.isPending;
  return (
    <form
      aria-label="Read the quarantine again"
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        reparse.mutate({ only: 'quarantined', ...(password === '' ? {} : { password }) });
      }}
    >
      {thisImport.encrypted ? <PasswordField value={password} onChange={setPassword} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" size="sm" disabled={busy || (thisImport.encrypted && password === '')}>
          {busy ? 'Reading…' : 'Read these again'}
        </Button>
        <span className="text-12 text-text-3">After an update, or when a mapping was mended.</span>
      </div>
      {reparse.error ? (
        <ProblemNote
          compact
          error={reparse.error}
          what="The quarantine could not be read again"
          safe="It is as it was."
        />
      ) : null}
    </form>
  );
}
