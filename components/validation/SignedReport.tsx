'use client';

import type { ReactNode } from 'react';
import { apiPath } from '@/components/shared/apiClient';
import { HostileText, MonoText, useCopy } from '@/components/shared/MonoText';
import { Button, buttonClass } from '@/components/ui/Button';
import type { ValidationReport, ValidationRunView } from '@/lib/contracts/validation';

/** The signed report: what it was made with, its download, and how somebody else can verify it. */
export function SignedReport({ run, report }: { run: ValidationRunView; report: ValidationReport }) {
  return (
    <section aria-labelledby="signed-title">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-2">
        <h2 id="signed-title" className="flex-1 text-15">
          Signed report
        </h2>
        <a
          className={`no-print ${buttonClass()}`}
          download
          href={apiPath(`/validation/runs/${run.id}/report`)}
        >
          Download the report
        </a>
      </div>
      <dl className="num mt-2 grid gap-x-4 gap-y-1.5 sm:grid-cols-[160px_minmax(0,1fr)]">
        <Fact label="Sequela">
          <HostileText text={report.engine.version} />
        </Fact>
        <Fact label="Definitions, lists, tuning">
          <MonoText text={report.engine.catalogue} />
        </Fact>
        {report.definitions.map(({ analytic, version, sha256 }) => (
          <Fact key={analytic} label={`${analytic} version ${version}`}>
            <MonoText text={sha256} />
          </Fact>
        ))}
        {run.sha256 === null ? null : (
          <Fact label="SHA-256 of the report">
            <MonoText text={run.sha256} />
          </Fact>
        )}
        {run.signature === null ? null : (
          <Fact label="Signature (Ed25519)">
            <MonoText text={run.signature} />
          </Fact>
        )}
      </dl>
      {run.publicKey === null || run.signature === null ? null : (
        <Verifying id={run.id} signature={run.signature} publicKey={run.publicKey} />
      )}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{label}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

function Verifying(props: { id: string; signature: string; publicKey: string }) {
  const { id, signature, publicKey } = props;
  const copy = useCopy();
  const command = `npm run -s validation:verify -- validation-${id}.json --signature ${signature} --key key.pem`;
  return (
    <details className="no-print mt-3">
      <summary className="min-h-6 cursor-pointer py-1 text-text-2">How to verify it</summary>
      <div className="max-w-[84ch] space-y-2 pt-1">
        <p className="text-text-2">
          The signature is over the report byte for byte. Keep this server's public key on an earlier day, as
          key.pem, so that nobody can give you another one along with another report; then run this in a copy
          of Sequela, on any machine:
        </p>
        <Copied text={command} what="command" onCopy={copy} />
        <Copied text={publicKey} what="public key" onCopy={copy} />
      </div>
    </details>
  );
}

function Copied(props: { text: string; what: string; onCopy: (text: string, what: string) => void }) {
  const { text, what, onCopy } = props;
  return (
    <div className="flex items-start gap-3">
      <pre className="machine min-w-0 flex-1 overflow-x-auto whitespace-pre-wrap rounded-md border bg-surface-1 p-2 [overflow-wrap:anywhere]">
        {text}
      </pre>
      <Button size="sm" onClick={() => onCopy(text, `The ${what} is copied.`)}>
        Copy<span className="sr-only"> the {what}</span>
      </Button>
    </div>
  );
}
