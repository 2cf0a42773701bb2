'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { DrawerFrame } from '@/components/shared/DrawerFrame';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { authorText, licenceText } from '@/components/shared/sigma/ruleWords';
import { counted } from '@/lib/base/numberWords';
import type { SigmaRuleDetail, SigmaRuleRow } from '@/lib/contracts/sigmaRules';
import type { SigmaSetView } from '@/lib/contracts/sigmaSets';
import { HostileLines } from './HostileLines';
import { RuleActs } from './RuleActs';
import { RuleSight } from './RuleSight';
import { ruleKey } from './ruleColumns';
import { SigmaSkeleton } from './SigmaSkeleton';
import { ruleQuery, setsQuery } from './sigmaQueries';
import { hitsHref } from './sigmaUrl';

/** A rule whole, beside the list: what its author says, where it can be decided, its text, and what can be done. */
export function RuleDrawer(props: {
  id: string;
  /** Id of the set whose rule it is, where several hold its text; null: the one the API names. */
  of: string | null;
  /** Its row in the list, where that is loaded. */
  row: SigmaRuleRow | undefined;
  onBacktest: (id: string) => void;
  onClose: () => void;
}) {
  const { of, row } = props;
  const query = useQuery(ruleQuery(props.id));
  const sets = useQuery(setsQuery).data?.items;
  const rule =
    query.data &&
    ruleOfSet(
      query.data,
      row,
      sets?.find(({ id }) => id === of),
    );
  return (
    <DrawerFrame
      title={rule ? <HostileText text={rule.title} /> : 'A rule'}
      note={rule ? <Head rule={rule} /> : null}
      onClose={props.onClose}
    >
      {query.error && !rule ? (
        <ProblemNote
          error={query.error}
          what="The rule could not be read"
          safe="A newer version of its set may hold it under another number."
          onRetry={() => void query.refetch()}
        />
      ) : rule ? (
        <>
          <RuleActs key={ruleKey(rule)} rule={rule} onBacktest={props.onBacktest} />
          <Body rule={rule} />
        </>
      ) : (
        <SigmaSkeleton label="Reading the rule" />
      )}
    </DrawerFrame>
  );
}

function Head({ rule }: { rule: SigmaRuleDetail }) {
  return (
    <>
      <p className="flex flex-wrap gap-x-3 text-text-2">
        <SeverityMark severity={rule.level} />
        <span>{rule.status}</span>
        {rule.logsource === '' ? null : (
          <span className="machine">
            <HostileText text={rule.logsource} />
          </span>
        )}
      </p>
      <p className="text-12 text-text-3 [overflow-wrap:anywhere]">
        Rule <MonoText text={rule.ruleId} />, <HostileText text={authorText(rule.author)} />,{' '}
        <HostileText text={licenceText(rule.license)} />
      </p>
    </>
  );
}

function Body({ rule }: { rule: SigmaRuleDetail }) {
  return (
    <div className="space-y-5 px-4 pb-8 pt-3">
      {rule.description === '' ? null : (
        <p className="whitespace-pre-line text-pretty [overflow-wrap:anywhere]">
          <HostileLines text={rule.description} />
        </p>
      )}
      <p className="num text-text-2">
        <Results rule={rule} />
      </p>
      <RuleSight rule={rule} />
      <Section title="False positives, as its author lists them">
        {rule.falsePositives.length === 0 ? (
          <p className="text-text-3">None is listed.</p>
        ) : (
          <>
            <Lines items={rule.falsePositives} />
            <p className="mt-1 text-12 text-text-3">
              Such lists are rarely of use: what is normal here shows in the hits, and belongs into a
              baseline.
            </p>
          </>
        )}
      </Section>
      {rule.references.length === 0 ? null : (
        <Section title="References">
          <ul className="space-y-0.5">
            {rule.references.map((reference, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what an author lists may stand there twice, and never moves
              <li key={place} className="[overflow-wrap:anywhere]">
                <Reference text={reference} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Where it comes from">
        <p className="text-text-2 [overflow-wrap:anywhere]">
          Set <HostileText text={rule.set.name} />, <MonoText text={rule.path} />
          {rule.date === null ? '' : <HostileText text={`, of ${rule.date}`} />}
          {rule.modified === null ? '' : <HostileText text={`, changed ${rule.modified}`} />}
        </p>
        {rule.tags.length === 0 ? null : (
          <p className="machine text-text-3 [overflow-wrap:anywhere]">
            <HostileText text={rule.tags.join(' ')} />
          </p>
        )}
      </Section>
      {rule.fields.length === 0 ? null : (
        <Section title="Fields it reads">
          <p className="machine [overflow-wrap:anywhere]">
            <HostileText text={rule.fields.join(', ')} />
          </p>
        </Section>
      )}
      <Section title="Its text">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
          tabIndex={0}
          className="focus-inset machine max-h-[420px] overflow-auto whitespace-pre rounded-md border bg-surface-0 p-2"
        >
          <HostileLines text={rule.yaml} />
        </pre>
      </Section>
    </div>
  );
}

/** The rule as one set holds it: what a choice says of it is said of that set's. */
function ruleOfSet(
  rule: SigmaRuleDetail,
  row: SigmaRuleRow | undefined,
  set: SigmaSetView | undefined,
): SigmaRuleDetail {
  if (row !== undefined) return { ...rule, set: row.set, path: row.path, enabled: row.enabled };
  if (set === undefined || set.id === rule.set.id) return rule;
  return { ...rule, set: { id: set.id, name: set.name }, enabled: rule.enabled && set.enabled };
}

/** The way to what a rule hit or found; a filter has nothing of its own. */
function Results({ rule }: { rule: SigmaRuleDetail }) {
  if (rule.kind === 'filter') return 'A filter has no hits: it narrows those of other rules.';
  if (rule.kind === 'correlation')
    return (
      <Link href={hitsHref({ by: 'correlation' })} className="link">
        What correlations found
      </Link>
    );
  if (rule.hits === 0) return 'No hit that is open.';
  return (
    <Link href={hitsHref({ by: 'hit', rule: rule.id })} className="link">
      {counted(rule.hits, 'hit')} that no baseline covers
    </Link>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="label mb-1">{title}</h3>
      {children}
    </section>
  );
}

function Lines({ items }: { items: readonly string[] }) {
  return (
    <ul className="list-disc space-y-0.5 pl-4">
      {items.map((item, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what an author lists may stand there twice, and never moves
        <li key={place} className="[overflow-wrap:anywhere]">
          <HostileText text={item} />
        </li>
      ))}
    </ul>
  );
}

/** A reference leads out only where it is an address under https; anything else is words. */
function Reference({ text }: { text: string }) {
  const address = httpsOf(text);
  return address === null ? (
    <MonoText text={text} />
  ) : (
    <a className="link" href={address} target="_blank" rel="noopener noreferrer nofollow">
      <HostileText text={text} />
      <span className="sr-only"> (opens a new tab)</span>
    </a>
  );
}

function httpsOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null;
}
