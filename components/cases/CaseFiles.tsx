'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { API, ApiError, apiPath, noteStatus, parseAnswer } from '@/components/shared/apiClient';
import { caseQuery } from '@/components/shared/cases/caseQuery';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { sizeText } from '@/components/shared/sizeText';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { Button, buttonClass } from '@/components/ui/Button';
import { type CaseAttachment, type CaseDetail, caseAttachment } from '@/lib/contracts/cases';
import { CaseProblem } from './CaseProblem';
import { custodyQuery, useChangeCasePart } from './caseQueries';
import { WithdrawButton } from './WithdrawButton';

const ACT_WORD = {
  added: 'added it',
  taken: 'took a copy',
  exported: 'took it in a pack',
  withdrawn: 'withdrew it',
};

/** Files kept with the case: hash, who put them there, who had them in hand. */
export function CaseFiles({ shown, mayWrite }: { shown: CaseDetail; mayWrite: boolean }) {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const upload = useMutation({
    mutationFn: async (files: readonly File[]) => {
      // One that is refused does not keep the others from being stored.
      const failed: { name: string; error: Error }[] = [];
      for (const file of files) {
        const error = await sendFile(shown.id, file);
        if (error) failed.push({ name: file.name, error });
      }
      return failed;
    },
    onSettled: () => client.invalidateQueries({ queryKey: caseQuery(shown.id).queryKey }),
  });
  return (
    <section aria-label="Files" className="min-w-0">
      <h2 className="mb-2 text-15">Files</h2>
      {mayWrite ? (
        <>
          <input
            ref={input}
            type="file"
            multiple
            className="sr-only"
            aria-label="Files to keep with the case"
            tabIndex={-1}
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              event.target.value = '';
              if (files.length > 0) upload.mutate(files);
            }}
          />
          <Button size="sm" disabled={upload.isPending} onClick={() => input.current?.click()}>
            {upload.isPending ? 'Sending…' : 'Add files'}
          </Button>
        </>
      ) : null}
      {upload.error ? <CaseProblem error={upload.error} /> : null}
      {upload.data?.map(({ name, error }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and the list does not change
        <div key={place} role="alert" className="mt-2">
          <p className="font-medium [overflow-wrap:anywhere]">
            <HostileText text={name} />
          </p>
          <CaseProblem error={error} />
        </div>
      ))}
      {shown.attachments.length === 0 ? <p className="py-2 text-text-2">None yet.</p> : null}
      <ul aria-label="Files" className="mt-2">
        {shown.attachments.map((file) => (
          <FileRow key={file.id} caseId={shown.id} file={file} mayWrite={mayWrite} />
        ))}
      </ul>
    </section>
  );
}

/** Stores one file with the case; returns why it was not. */
async function sendFile(caseId: number, file: File): Promise<Error | null> {
  try {
    const answer = await fetch(apiPath(`/cases/${caseId}/attachments`, { name: file.name }), {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
    noteStatus(answer.status, 'POST');
    parseAnswer(answer.status, await answer.text(), caseAttachment);
    return null;
  } catch (cause) {
    if (cause instanceof ApiError) return cause;
    // The browser tells only that it could not send: the server is away, or the file changed or cannot be read.
    return new ApiError(
      0,
      'unreachable',
      'It could not be sent: the server did not answer, or the file cannot be read.',
      null,
    );
  }
}

function FileRow({ caseId, file, mayWrite }: { caseId: number; file: CaseAttachment; mayWrite: boolean }) {
  const change = useChangeCasePart(caseId);
  const [custody, setCustody] = useState(false);
  return (
    <li className="border-b py-2">
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">
          <HostileText text={file.name} />
        </span>
        <span className="num text-12 text-text-3">{sizeText(file.bytes)}</span>
        <a
          className={buttonClass({ size: 'sm' })}
          href={`${API}/cases/${file.caseId}/attachments/${file.id}`}
          download
        >
          Download
        </a>
        <Button size="sm" variant="quiet" aria-expanded={custody} onClick={() => setCustody(!custody)}>
          Custody
        </Button>
        {mayWrite ? (
          <WithdrawButton
            title="Withdraw this file?"
            what={file.name}
            about="It no longer stands in the case. Who had it in hand stays on record."
            disabled={change.isPending}
            onWithdraw={() => change.mutate({ part: 'attachment.withdraw', id: file.id })}
          />
        ) : null}
      </div>
      <p className="text-12 text-text-3">
        SHA-256 <MonoText text={file.sha256} className="text-12" /> · <PersonName handle={file.by} capital />,{' '}
        <AgeText at={file.at} />
      </p>
      {custody ? <Custody caseId={file.caseId} file={file.id} /> : null}
      {change.error ? <CaseProblem error={change.error} /> : null}
    </li>
  );
}

function Custody({ caseId, file }: { caseId: number; file: number }) {
  const custody = useQuery(custodyQuery(caseId, file));
  if (custody.error) return <CaseProblem error={custody.error} />;
  return (
    <ol aria-label="Custody" className="mt-1 border-l-2 pl-3 text-12 text-text-2">
      {custody.data?.items.map((entry) => (
        <li key={`${entry.at}${entry.act}`}>
          <TimeText at={entry.at} date precision="s" zone /> · <PersonName handle={entry.by} capital />{' '}
          {ACT_WORD[entry.act]}
        </li>
      ))}
    </ol>
  );
}
