'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import {
  findingDetailQuery,
  findingHistoryQuery,
  findingLineageQuery,
} from '@/components/shared/findingQueries';
import { HostileText } from '@/components/shared/MonoText';
import { useRefusal } from '@/components/shared/me';
import { useOpened } from '@/components/shared/opened/useOpened';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName, usePeople } from '@/components/shared/people';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { TimeText } from '@/components/shared/TimeText';
import { formatDuration, millisecondsBetween } from '@/components/shared/timeFormat';
import { DueMark } from '@/components/shared/verdict/DueMark';
import { HistoryList } from '@/components/shared/verdict/HistoryList';
import { ReopenedNote } from '@/components/shared/verdict/ReopenedMark';
import {
  VERDICT_KEY,
  VERDICT_WORD,
  VERDICTS,
  verdictSentence,
} from '@/components/shared/verdict/verdictWords';
import { Button, buttonClass } from '@/components/ui/Button';
import { Kbd } from '@/components/ui/Kbd';
import { Menu, MenuItem } from '@/components/ui/Menu';
import type { FindingSummary } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { CausalPath } from './CausalPath';
import { Bars, Reasons, Section, SeenBefore, StageList, Story, Unseen } from './PreviewParts';
import { summaryOf } from './summaryOf';

export type PreviewActs = {
  onVerdict: (value: VerdictValue) => void;
  onTake: () => void;
  onGive: () => void;
  /** Null where one may not, or nothing can. */
  onCase: (() => void) | null;
  onBaseline: (() => void) | null;
};

type PreviewProps = {
  id: string;
  /** As its row has it; without it, it is read. */
  finding?: FindingSummary | undefined;
  href: string;
  me: string;
  acts: PreviewActs;
  /** The verdict that is being written, in place of the buttons. */
  form: ReactNode;
};

/** Enough of a finding to close most false positives without opening it. */
export function Preview({ id, finding, href, me, acts, form }: PreviewProps) {
  const detail = useQuery(findingDetailQuery(id));
  useOpened(id, 'preview');
  const known = finding ?? (detail.data && summaryOf(detail.data));
  return (
    <aside
      aria-label="Preview"
      className="flex w-[420px] shrink-0 flex-col border-l bg-surface-1 max-xl:w-[360px] max-[900px]:hidden"
    >
      <section
        aria-label="Summary"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        className="focus-inset min-h-0 flex-1 overflow-y-auto"
      >
        {known ? (
          <>
            <Head finding={known} />
            <Section title="Stages">
              <StageList finding={known} />
            </Section>
          </>
        ) : detail.error ? null : (
          <Section title="Finding">
            <Bars label="Reading the finding" widths={[90, 60, 75]} />
          </Section>
        )}
        {detail.data ? <Story detail={detail.data} /> : null}
        <Path id={id} />
        {detail.data ? (
          <>
            <Reasons detail={detail.data} />
            <Unseen detail={detail.data} />
            <SeenBefore detail={detail.data} />
          </>
        ) : (
          <Section title="Why">
            {detail.error ? (
              <ProblemNote
                compact
                error={detail.error}
                what="The reasons could not be read"
                onRetry={() => void detail.refetch()}
              />
            ) : (
              <Bars label="Reading the reasons" widths={[80, 66, 72]} />
            )}
          </Section>
        )}
        <History id={id} />
      </section>
      {form ?? (known ? <Foot finding={known} href={href} me={me} acts={acts} /> : null)}
    </aside>
  );
}

function Head({ finding }: { finding: FindingSummary }) {
  const { nameOf } = usePeople();
  return (
    <div className="space-y-1.5 border-b px-4 py-3.5">
      <h2 className="text-15">
        <HostileText text={finding.headline} />
      </h2>
      <p className="num flex flex-wrap gap-x-3 text-text-2">
        <SeverityMark severity={finding.severity} score={finding.score} />
        <span title={finding.analyticTitle}>{finding.analytic}</span>
        <span>{finding.status}</span>
        <span>
          <TimeText at={finding.from} date precision="s" zone />,{' '}
          {formatDuration(millisecondsBetween(finding.from, finding.to))}
        </span>
      </p>
      <p className="flex flex-wrap gap-x-3 text-text-3">
        <span className="machine">
          <HostileText text={finding.host} />
        </span>
        {finding.user ? (
          <span className="machine">
            <HostileText text={finding.user} />
          </span>
        ) : null}
        {finding.assignee ? (
          <span>
            with <PersonName handle={finding.assignee} />
          </span>
        ) : null}
        <DueMark due={finding.due} clock={finding.clock} />
        {finding.case ? (
          <Link href={`/cases/${finding.case.id}`} prefetch={false} className="link min-w-0 truncate">
            case {finding.case.id}: <HostileText text={finding.case.title} />
          </Link>
        ) : null}
      </p>
      {finding.reopened ? <ReopenedNote reopened={finding.reopened} /> : null}
      {finding.verdict ? (
        <p className="border-l-2 border-line-strong pl-2.5 text-text-2">
          <HostileText text={verdictSentence(finding.verdict, nameOf)} />
          {finding.verdict.blindAcknowledged ? (
            <span className="block text-12 text-blind">
              Given in the knowledge that a required stage was blind.
            </span>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

function Path({ id }: { id: string }) {
  const lineage = useQuery(findingLineageQuery(id));
  return (
    <Section title="Path">
      {lineage.data ? (
        <CausalPath lineage={lineage.data} />
      ) : lineage.error ? (
        <ProblemNote
          compact
          error={lineage.error}
          what="The path could not be read"
          onRetry={() => void lineage.refetch()}
        />
      ) : (
        <Bars label="Reading the path" widths={[40, 62, 50, 58]} />
      )}
    </Section>
  );
}

function History({ id }: { id: string }) {
  const history = useQuery(findingHistoryQuery(id));
  return (
    <Section title="History">
      {history.data ? (
        <HistoryList history={history.data} most={5} />
      ) : history.error ? (
        <ProblemNote
          compact
          error={history.error}
          what="The history could not be read"
          onRetry={() => void history.refetch()}
        />
      ) : (
        <Bars label="Reading the history" widths={[55, 48]} />
      )}
    </Section>
  );
}

function Foot(props: { finding: FindingSummary; href: string; me: string; acts: PreviewActs }) {
  const { finding, href, me, acts } = props;
  const refusal = useRefusal('findings.decide');
  return (
    <div className="flex flex-wrap items-center gap-2 border-t px-4 py-2.5 max-xl:gap-1.5 max-xl:px-3 max-xl:[&_button]:px-2">
      <Link
        href={href}
        prefetch={false}
        className={clsx(buttonClass({ variant: 'primary' }), 'hover:bg-surface-3')}
      >
        Open <Kbd keys="↵" />
      </Link>
      {refusal === null ? (
        <>
          <Menu label="Verdict" trigger={<Button keys="v">Verdict</Button>}>
            {VERDICTS.map((value) => (
              <MenuItem key={value} keys={`v ${VERDICT_KEY[value]}`} onSelect={() => acts.onVerdict(value)}>
                {VERDICT_WORD[value]}
              </MenuItem>
            ))}
          </Menu>
          <Button keys="i" onClick={acts.onTake}>
            {finding.assignee === me ? 'Release' : 'Take'}
          </Button>
          <Menu align="end" label="More to do" trigger={<Button aria-label="More to do">More</Button>}>
            <MenuItem keys="I" onSelect={acts.onGive}>
              Give to…
            </MenuItem>
            {acts.onCase ? (
              <MenuItem keys="e" onSelect={acts.onCase}>
                Add to a case
              </MenuItem>
            ) : null}
            {acts.onBaseline ? (
              <MenuItem keys="B" onSelect={acts.onBaseline}>
                Never again…
              </MenuItem>
            ) : null}
          </Menu>
        </>
      ) : (
        <p className="min-w-0 flex-1 text-12 text-text-3">{refusal}</p>
      )}
    </div>
  );
}
