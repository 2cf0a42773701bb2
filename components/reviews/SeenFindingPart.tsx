'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { StageTrack } from '@/components/shared/StageStrip';
import { TimeText } from '@/components/shared/TimeText';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import type { SeenFinding } from '@/lib/contracts/reviews';
import type { Remark } from './reviewQueries';

/** One finding of a review as it stood then: stages, verdicts, what could be seen, what was opened and what was not. */
export function SeenFindingPart(props: {
  finding: SeenFinding;
  /** Null: nothing can be said here any more. */
  onRemark: ((remark: Remark) => void) | null;
}) {
  const { finding, onRemark } = props;
  const format = useTimeFormat();
  const [at, setAt] = useState<Remark['pin']>(null);
  const pin = (eventId: string | null) => ({ findingId: finding.findingId, eventId, field: null });
  const blind = finding.telemetry.filter(({ state }) => state !== 'visible');
  const remarkButton = (eventId: string | null, what: string) =>
    onRemark ? (
      <Button size="sm" variant="quiet" aria-label={`Remark on ${what}`} onClick={() => setAt(pin(eventId))}>
        Remark
      </Button>
    ) : null;
  return (
    <section aria-label={finding.headline} className="border-b px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <h2 className="min-w-0 flex-1 text-15 [overflow-wrap:anywhere]">
          <Link className="hover:underline" href={`/findings/${encodeURIComponent(finding.findingId)}`}>
            <HostileText text={finding.headline} />
          </Link>
        </h2>
        {remarkButton(null, 'the finding')}
      </div>
      <p className="num text-12 text-text-3">
        <SeverityMark severity={finding.severity} score={finding.score} /> · {finding.status} ·{' '}
        {finding.analytic} {finding.analyticVersion} · revision {finding.revision}
      </p>
      <StageTrack className="mt-2" stages={finding.stages} time={(iso) => format.dateTime(iso, 's')} />
      {finding.since.length === 0 ? null : (
        <ul aria-label="Changed since" className="mt-2 text-warning">
          {finding.since.map((change) => (
            <li key={change}>
              ▲ <HostileText text={change} />
            </li>
          ))}
        </ul>
      )}
      <div className="mt-3 grid gap-x-8 gap-y-4 lg:grid-cols-3">
        <Part title="Verdicts">
          {finding.verdicts.map((verdict) => (
            <li key={verdict.at} className="py-0.5">
              <span className="font-medium">
                {verdict.value === null ? 'Taken back' : VERDICT_WORD[verdict.value]}
              </span>
              , <PersonName handle={verdict.by} /> · <TimeText at={verdict.at} date precision="s" />
              {verdict.reason === '' ? null : (
                <p className="text-text-2 [overflow-wrap:anywhere]">
                  <HostileText text={verdict.reason} />
                </p>
              )}
              {verdict.blindStages.length > 0 ? (
                <p className="text-blind">
                  Blind then: {verdict.blindStages.join(', ')}
                  {verdict.blindAcknowledged ? ', and said to know it' : ''}
                </p>
              ) : null}
            </li>
          ))}
        </Part>
        <Part title="Could it be seen?">
          {blind.length === 0 ? <li className="text-text-2">Every stage could be seen.</li> : null}
          {blind.map((stage) => (
            <li key={stage.stage} className="py-0.5">
              <span className={clsx(stage.state === 'blind' && 'text-blind')}>
                {stage.stage}: {stage.state}.
              </span>{' '}
              <span className="text-text-2">{stage.why}</span>
            </li>
          ))}
          {finding.baselines.map((baseline) => (
            <li key={baseline.id} className="py-0.5 text-text-2">
              Baseline <span className="num">{baseline.id}</span> was in force:{' '}
              <HostileText text={baseline.title} />
            </li>
          ))}
        </Part>
        <Part title="Evidence">
          {finding.unopened.map((event) => (
            <li key={event.eventId} className="flex items-start gap-2 py-0.5 text-warning">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                Not opened: <HostileText text={event.text} />
              </span>
              {remarkButton(event.eventId, event.text)}
            </li>
          ))}
          {finding.opened.map((opened) => (
            <li key={`${opened.person} ${opened.what}`} className="flex items-start gap-2 py-0.5">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <HostileText text={opened.text} />
                <span className="num block text-12 text-text-3">
                  <PersonName handle={opened.person} capital />,{' '}
                  <TimeText at={opened.firstAt} date precision="s" />
                  {opened.times > 1 ? `, ${opened.times} times` : ''}
                </span>
              </span>
              {opened.eventId === null ? null : remarkButton(opened.eventId, opened.text)}
            </li>
          ))}
          {finding.opened.length + finding.unopened.length === 0 ? (
            <li className="text-text-2">What was opened was not recorded.</li>
          ) : null}
        </Part>
      </div>
      {at !== null && onRemark ? (
        <RemarkForm
          pinned={at.eventId !== null}
          onSay={(text, field) => {
            onRemark({ text, pin: { ...at, field } });
            setAt(null);
          }}
          onClose={() => setAt(null)}
        />
      ) : null}
    </section>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="label mb-1">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

function RemarkForm(props: {
  pinned: boolean;
  onSay: (text: string, field: string | null) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState('');
  const [field, setField] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') props.onSay(text.trim(), field.trim() || null);
  };
  return (
    <form
      onSubmit={submit}
      className="mt-3 flex flex-wrap items-end gap-2 rounded-md border bg-surface-1 p-3"
    >
      <TextField
        label={props.pinned ? 'Remark on this event' : 'Remark on this finding'}
        autoFocus
        maxLength={8000}
        className="min-w-64 flex-1"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') props.onClose();
        }}
      />
      {props.pinned ? (
        <TextField
          label="Field, if one"
          maxLength={200}
          className="w-56"
          placeholder="process.command_line"
          value={field}
          onChange={(event) => setField(event.target.value)}
        />
      ) : null}
      <Button size="sm" type="submit" disabled={text.trim() === ''}>
        Keep the remark
      </Button>
      <Button size="sm" variant="quiet" onClick={props.onClose}>
        Cancel
      </Button>
    </form>
  );
}
