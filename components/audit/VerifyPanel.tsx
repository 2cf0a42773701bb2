'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useCopy } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import type { AuditVerification } from '@/lib/contracts/audit';
import { verifyAudit } from './queries';

const HEAD = /^[0-9a-f]{64}$/;

/** Has the whole chain computed anew and says what came of it; with a head that was kept, also whether it still holds that. */
export function VerifyPanel({ onClose }: { onClose: () => void }) {
  const [head, setHead] = useState('');
  const checked = useMutation({ mutationFn: verifyAudit });
  const kept = head.trim().toLowerCase();
  const isWrong = kept !== '' && !HEAD.test(kept);
  return (
    <section aria-label="Verify the audit" className="mx-4 mb-3 rounded-md border bg-surface-1 px-3 py-2.5">
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWrong) checked.mutate(kept);
        }}
      >
        <TextField
          label="A head you kept earlier, if any"
          className="min-w-60 max-w-140 flex-1"
          value={head}
          onChange={(event) => setHead(event.target.value)}
          error={isWrong ? 'A head is 64 hexadecimal digits.' : undefined}
        />
        <Button type="submit" variant="primary" disabled={checked.isPending || isWrong}>
          {checked.isPending ? 'Reading all entries…' : 'Verify all entries'}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Close
        </Button>
      </form>
      <div role="status" className="mt-2">
        {checked.data === undefined ? (
          <p className="text-12 text-text-3">
            Every hash is computed anew from the first entry on: an entry that was changed, removed or put
            elsewhere shows. The same from outside: <span className="machine">npm run -s audit:verify</span>
          </p>
        ) : (
          <Outcome result={checked.data} asked={checked.variables ?? ''} />
        )}
      </div>
      {checked.error ? (
        <ProblemNote
          compact
          error={checked.error}
          what="The audit could not be verified"
          safe="Nothing was changed."
        />
      ) : null}
    </section>
  );
}

function Outcome({ result, asked }: { result: AuditVerification; asked: string }) {
  const copy = useCopy();
  const { fault, head, entries, headAt } = result;
  if (fault !== null)
    return (
      <p className="text-danger">
        <strong>Broken at entry {fault.id.toLocaleString('en')}.</strong> {fault.text} The{' '}
        {entries.toLocaleString('en')} before it hold.
      </p>
    );
  return (
    <>
      <p>
        <strong>{entries.toLocaleString('en')} entries, unbroken</strong>,{' '}
        <TimeText at={result.checkedAt} date precision="s" zone />. Head{' '}
        <span className="machine [overflow-wrap:anywhere]">{head.hash}</span>{' '}
        <Button size="sm" onClick={() => copy(head.hash, 'Copied the head.')}>
          Copy the head
        </Button>
      </p>
      {asked === '' ? (
        <p className="text-12 text-text-3">
          Keep the head outside of Sequela: with it you can tell later that nothing up to here was written
          anew.
        </p>
      ) : headAt === null ? (
        <p className="text-danger">
          The head you kept is not in the chain: entries were written anew since you kept it.
        </p>
      ) : (
        <p>
          The head you kept is that of entry {headAt.toLocaleString('en')}: all up to it is as it was then.
        </p>
      )}
    </>
  );
}
