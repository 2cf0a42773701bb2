'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { EventPanel } from '@/components/shared/event/EventPanel';
import { HostileText } from '@/components/shared/MonoText';
import { useRefusal } from '@/components/shared/me';
import { PersonName, usePeople } from '@/components/shared/people';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { TimeText } from '@/components/shared/TimeText';
import {
  VERDICT_KEY,
  VERDICT_WORD,
  VERDICTS,
  verdictSentence,
} from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem } from '@/components/ui/Menu';
import type { AlertView } from '@/lib/contracts/alerts';
import type { VerdictValue } from '@/lib/contracts/scalars';

export type AlertActs = {
  onVerdict: (value: VerdictValue) => void;
  onTake: () => void;
  onGive: () => void;
  onCase: (() => void) | null;
};

type AlertPreviewProps = {
  alert: AlertView;
  me: string;
  acts: AlertActs;
  /** The verdict that is being written, in place of the buttons. */
  form: ReactNode;
  /** Asked for by the reader: on a narrow screen it is laid over the list. */
  asked: boolean;
  onClose: () => void;
};

/** One alert: what the vendor says, what people said, and its event as it was recorded. */
export function AlertPreview({ alert, me, acts, form, asked, onClose }: AlertPreviewProps) {
  return (
    <aside
      aria-label="Alert"
      className={clsx(
        'flex w-[420px] shrink-0 flex-col border-l bg-surface-1 max-xl:w-[360px]',
        asked
          ? 'max-[900px]:fixed max-[900px]:inset-y-(--bar-height) max-[900px]:right-0 max-[900px]:bottom-0 max-[900px]:z-30 max-[900px]:w-[min(420px,100vw)] max-[900px]:shadow-popover'
          : 'max-[900px]:hidden',
      )}
    >
      <section
        aria-label="Summary"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        className="focus-inset min-h-0 flex-1 overflow-y-auto"
      >
        <Head alert={alert} onClose={onClose} />
        <EventPanel eventId={alert.eventId} />
      </section>
      {form ?? <Foot alert={alert} me={me} acts={acts} />}
    </aside>
  );
}

function Head({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const { nameOf } = usePeople();
  return (
    <div className="space-y-1.5 border-b px-4 py-3.5">
      <div className="flex items-start gap-2">
        <h2 className="min-w-0 flex-1 text-15 [overflow-wrap:anywhere]">
          <HostileText text={alert.rule} />
        </h2>
        <Button size="sm" variant="quiet" onClick={onClose} className="min-[901px]:hidden">
          Close
        </Button>
      </div>
      <p className="num flex flex-wrap gap-x-3 text-text-2">
        {alert.severity === null ? (
          <span className="text-text-3">severity not given</span>
        ) : (
          <SeverityMark severity={alert.severity} />
        )}
        <span>
          <HostileText text={alert.product} />
        </span>
        <TimeText at={alert.to} date precision="s" zone />
      </p>
      <p className="flex flex-wrap gap-x-3 text-text-3">
        <span className="machine">
          <HostileText text={alert.host} />
        </span>
        {alert.user ? (
          <span className="machine">
            <HostileText text={alert.user} />
          </span>
        ) : null}
        {alert.assignee ? (
          <span>
            with <PersonName handle={alert.assignee} />
          </span>
        ) : null}
        {alert.case ? (
          <Link href={`/cases/${alert.case.id}`} prefetch={false} className="link min-w-0 truncate">
            case {alert.case.id}: <HostileText text={alert.case.title} />
          </Link>
        ) : null}
      </p>
      <p className="text-text-2">
        {alert.findingId === null ? (
          'No chain of an analytic explains it.'
        ) : (
          <Link
            href={`/findings/${encodeURIComponent(alert.findingId)}`}
            prefetch={false}
            className="link inline-flex min-h-6 items-center"
          >
            A finding’s chain explains it
          </Link>
        )}
      </p>
      {alert.verdict ? (
        <p className="border-l-2 border-line-strong pl-2.5 text-text-2">
          <HostileText text={verdictSentence(alert.verdict, nameOf)} />
        </p>
      ) : null}
    </div>
  );
}

function Foot({ alert, me, acts }: { alert: AlertView; me: string; acts: AlertActs }) {
  const refusal = useRefusal('alerts.decide');
  return (
    <div className="flex flex-wrap items-center gap-2 border-t px-4 py-2.5">
      {refusal === null ? (
        <>
          <Menu
            label="Verdict"
            trigger={
              <Button variant="primary" keys="v">
                Verdict
              </Button>
            }
          >
            {VERDICTS.map((value) => (
              <MenuItem key={value} keys={`v ${VERDICT_KEY[value]}`} onSelect={() => acts.onVerdict(value)}>
                {VERDICT_WORD[value]}
              </MenuItem>
            ))}
          </Menu>
          <Button keys="i" onClick={acts.onTake}>
            {alert.assignee === me ? 'Release' : 'Take'}
          </Button>
          <Button keys="I" onClick={acts.onGive}>
            Give to…
          </Button>
          {acts.onCase ? (
            <Button keys="e" onClick={acts.onCase}>
              Add to a case
            </Button>
          ) : null}
        </>
      ) : (
        <p className="min-w-0 flex-1 text-12 text-text-3">{refusal}</p>
      )}
    </div>
  );
}
