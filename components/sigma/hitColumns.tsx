import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { elideCommandLine } from '@/components/shared/ellipsis';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { SEVERITY_WORD, severityInk } from '@/components/shared/SeverityMark';
import { authorText } from '@/components/shared/sigma/ruleWords';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import type { Severity } from '@/lib/contracts/scalars';
import type { SigmaHitGroup, SigmaHitView } from '@/lib/contracts/sigmaHits';
import type { SigmaColumn, SigmaRow } from './SigmaGrid';
import { groupNote, hitSubject, imageName } from './sigmaWords';

const LEVEL = { title: 'Level', className: 'w-16 shrink-0 @max-lg:hidden' };
const COUNT = 'w-16 shrink-0 text-right';
const HOST = { title: 'Host', className: 'w-[104px] shrink-0 @5xl:w-[144px] @max-lg:hidden' };
const TIME = 'w-[112px] shrink-0 text-right @max-xl:hidden';
const WIDE = 'min-w-0 flex-1 leading-4';

export const GROUP_COLUMNS: Readonly<Record<'rule' | 'process', readonly SigmaColumn[]>> = {
  rule: [
    LEVEL,
    { title: 'Rule', className: WIDE },
    { title: 'Hits', className: COUNT },
    { title: 'Hosts', className: clsx(COUNT, '@max-lg:hidden') },
    { title: 'Last', className: TIME },
  ],
  process: [
    LEVEL,
    { title: 'Process, and rules it hit', className: WIDE },
    HOST,
    { title: 'Hits', className: COUNT },
    { title: 'Last', className: TIME },
  ],
};

export const HIT_COLUMNS: readonly SigmaColumn[] = [
  LEVEL,
  { title: 'Rule, and what it hit', className: WIDE },
  HOST,
  { title: 'Record', className: 'w-[120px] shrink-0 truncate @max-3xl:hidden' },
  { title: 'Time', className: TIME },
];

/** A level as the word of its colour. */
export function LevelWord({ level }: { level: Severity }) {
  return <span className={clsx('text-12', severityInk(level))}>{SEVERITY_WORD[level]}</span>;
}

/** Two lines of a wide cell: what it is, and quietly what else there is to say. */
export function TwoLines(props: { title: string; machine?: boolean; note: ReactNode; whole?: string }) {
  return (
    <>
      <span
        className={clsx('block truncate', props.machine ? 'machine' : 'font-medium')}
        title={hostilePlain(props.whole ?? props.title)}
      >
        <HostileText text={props.title} />
      </span>
      <span className="block truncate text-11 text-text-3">{props.note}</span>
    </>
  );
}

/** When, in two lines: the instant, and how long ago. */
export function When({ at }: { at: string }) {
  return (
    <div className="text-12 leading-4 text-text-2">
      <TimeText at={at} date precision="min" className="block" />
      <AgeText at={at} className="block text-11 text-text-3" />
    </div>
  );
}

/** A host's name in its column. */
export function HostCell({ name }: { name: string }) {
  return (
    <span className="machine block truncate" title={hostilePlain(name)}>
      <HostileText text={name} />
    </span>
  );
}

/** All that satisfies one rule, or all that one process did, as a row. */
export function groupRow(by: 'rule' | 'process', group: SigmaHitGroup): SigmaRow {
  const count = (value: number) => <span className="num">{value.toLocaleString('en')}</span>;
  const level = <LevelWord level={group.level} />;
  const last = <When at={group.to} />;
  if (by === 'rule')
    return {
      key: group.key,
      level: group.level,
      cells: [
        level,
        <TwoLines
          key="title"
          title={group.title}
          note={<HostileText text={`${authorText(group.rule?.author ?? '')} · ${groupNote(group)}`} />}
        />,
        count(group.hits),
        count(group.hosts),
        last,
      ],
    };
  return {
    key: group.key,
    level: group.level,
    cells: [
      level,
      <TwoLines
        key="title"
        title={group.image === null ? 'Process not known' : imageName(group.image)}
        machine={group.image !== null}
        {...(group.image === null ? {} : { whole: group.image })}
        note={<HostileText text={group.titles.join(' · ') || group.title} />}
      />,
      <HostCell key="host" name={group.host?.name ?? ''} />,
      count(group.hits),
      last,
    ],
  };
}

/** One hit as a row: what rule, on what. */
export function hitRow(hit: SigmaHitView): SigmaRow {
  const { commandLine } = hit.process;
  return {
    key: hit.ref,
    level: hit.rule.level,
    cells: [
      <LevelWord key="level" level={hit.rule.level} />,
      <TwoLines
        key="title"
        title={hit.rule.title}
        note={
          <>
            <HostileText text={hitSubject(hit)} />
            {hit.case === null ? '' : ` · case ${hit.case.id}`}
            {hit.baseline === null ? '' : ' · normal here'}
            {commandLine === null ? null : (
              <>
                {' · '}
                <span className="font-mono">
                  <HostileText text={elideCommandLine(commandLine, 90)} />
                </span>
              </>
            )}
          </>
        }
      />,
      <HostCell key="host" name={hit.host.name} />,
      <span key="source" className="text-12 text-text-2" title={hostilePlain(hit.source)}>
        <HostileText text={hit.source} />
      </span>,
      <When key="time" at={hit.time} />,
    ],
  };
}
