'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { useId, useState } from 'react';
import { CoverageBar } from '@/components/shared/CoverageBar';
import { HostileText } from '@/components/shared/MonoText';
import { TimeText } from '@/components/shared/TimeText';
import { SelectField } from '@/components/ui/TextField';
import { percentText } from '@/lib/base/numberWords';
import { allTime, type CoverageHost, type CoverageView } from '@/lib/contracts/coverage';
import { cellWord } from './coverageWords';
import { HostIntervals } from './HostIntervals';
import { RetireForm } from './RetireForm';

type HostRowProps = {
  host: CoverageHost;
  view: CoverageView;
  /** Those one may ask about. */
  stages: readonly string[];
  /** The list is of one stage: each host says why. */
  one: boolean;
  open: boolean;
  onToggle: () => void;
};

/** A host with the share of its time; opened, what is missing, what to set, and when it was dark. */
export function HostRow(props: HostRowProps) {
  const { host, open } = props;
  const id = useId();
  return (
    <li className="border-b px-4 py-2">
      <button
        type="button"
        aria-expanded={open}
        {...(open ? { 'aria-controls': id } : {})}
        onClick={props.onToggle}
        className="num grid w-full grid-cols-[minmax(0,1fr)_112px_56px] items-center gap-x-3 text-left"
      >
        <span className="min-w-0">
          <span className="machine block truncate font-medium">
            <HostileText text={host.host} />
          </span>
          <span className="block truncate text-12 text-text-3">
            <HostileText text={[host.group, host.os, ...host.sources].filter(Boolean).join(' · ')} />
          </span>
        </span>
        <CoverageBar coverage={host.time} label={timeWords(host.time)} />
        <span className={clsx('text-right text-12', host.state === 'blind' ? 'text-blind' : 'text-text-2')}>
          {cellWord(host.time)}
        </span>
      </button>
      {open ? (
        <div id={id} className="space-y-2.5 pb-1 pt-2">
          <Opened {...props} />
        </div>
      ) : props.one && host.why !== null && host.state !== 'visible' ? (
        <p className="mt-0.5 text-12 text-text-2">
          <HostileText text={host.why} />
        </p>
      ) : null}
    </li>
  );
}

function timeWords(time: CoverageHost['time']): string {
  const all = allTime(time);
  return (['visible', 'partial', 'blind'] as const)
    .map((state) => `${state} ${percentText(all > 0 ? time[state] / all : null)}`)
    .join(', ');
}

function Opened({ host, view, stages, one }: HostRowProps) {
  const [chosen, setChosen] = useState(stages[0] ?? '');
  return (
    <>
      {one ? <Missing host={host} /> : null}
      <p className="num text-12 text-text-3">
        Events from <TimeText at={host.from} date precision="min" /> to{' '}
        <TimeText at={host.to} date precision="min" zone />
        {provenWords(host.proven, one)}
      </p>
      {stages.length > 1 ? (
        <SelectField
          label="Stage"
          dense
          className="max-w-72"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          {stages.map((stage) => (
            <option key={stage} value={stage}>
              {stageName(view, stage)}
            </option>
          ))}
        </SelectField>
      ) : null}
      {chosen === '' ? null : <HostIntervals key={chosen} host={host} stage={chosen} view={view} />}
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <Link className="link" prefetch={false} href={`/hosts/${encodeURIComponent(host.hostId)}`}>
          Host
        </Link>
        <Link
          className="link"
          prefetch={false}
          href={`/hosts/${encodeURIComponent(host.hostId)}?tab=telemetry`}
        >
          Its ledger
        </Link>
        <RetireForm hostId={host.hostId} host={host.host} />
      </div>
    </>
  );
}

/** Of several stages a host is proven in all that it sees. */
function provenWords(proven: boolean, one: boolean): string {
  if (one) return proven ? '. Proven in one of its sources.' : '. Proven in none of its sources.';
  return proven ? '. Every stage it sees is proven.' : '. Not every stage it sees is proven.';
}

/** Why the stage is not visible there, and what would change that. */
function Missing({ host }: { host: CoverageHost }) {
  if (host.state === 'visible' && host.gaps.length === 0) return null;
  return (
    <div>
      {host.why === null ? null : (
        <p>
          <HostileText text={host.why} />
        </p>
      )}
      {host.gaps.length === 0 ? null : (
        <ul className="mt-1 list-disc pl-4 text-text-2">
          {host.gaps.map((gap) => (
            <li key={`${gap.kind} ${gap.what ?? ''} ${gap.sentence}`}>
              <HostileText text={gap.sentence} />
            </li>
          ))}
        </ul>
      )}
      {host.fix === null ? null : (
        <p className="mt-1 whitespace-pre-line">
          <span className="text-text-3">To set: </span>
          <HostileText text={host.fix} />
        </p>
      )}
    </div>
  );
}

/** "AN1314 · Egress": stages of several analytics may be called the same. */
export function stageName(view: CoverageView, stage: string): string {
  const row = view.rows.find((each) => each.stage === stage);
  return row ? `${row.analytic} · ${row.title}` : stage;
}
