'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { DrawerFrame } from '@/components/shared/DrawerFrame';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { lineageHref } from '@/components/shared/query/eventSearch';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { authorText } from '@/components/shared/sigma/ruleWords';
import { Button } from '@/components/ui/Button';
import type { SigmaHitGroup } from '@/lib/contracts/sigmaHits';
import { GroupHits } from './GroupHits';
import { HitActs } from './HitActs';
import { HitDetail } from './HitDetail';
import { SigmaSkeleton } from './SigmaSkeleton';
import { type HitFilter, hitQuery } from './sigmaQueries';
import { type OpenGroup, rulesHref } from './sigmaUrl';
import { groupNote } from './sigmaWords';

/** What is open beside the list: a group's hits, or one hit; from a hit of a group one comes back to the group. */
export function HitDrawer(props: {
  hit: string | null;
  group: OpenGroup | null;
  filter: HitFilter;
  onHit: (ref: string | null) => void;
  onClose: () => void;
}) {
  const { hit, group, onHit, onClose } = props;
  if (hit !== null)
    return (
      // The same frame for the next hit: whoever goes through the list keeps the focus there.
      <HitFrame key="hit" id={hit} onClose={onClose} onBack={group ? () => onHit(null) : null} />
    );
  if (group === null) return null;
  const { known, by } = group;
  return (
    <DrawerFrame
      key="group"
      title={
        known === null ? (
          by === 'rule' ? (
            'Hits of a rule'
          ) : (
            'Hits of a process'
          )
        ) : by === 'process' ? (
          <MonoText text={known.image ?? 'Process not known'} />
        ) : (
          <HostileText text={known.title} />
        )
      }
      note={known === null ? null : <GroupHead by={by} group={known} />}
      onClose={onClose}
    >
      {by === 'process' && group.key.endsWith('/') ? (
        <p className="border-b px-4 py-2 text-text-2">These records name no process.</p>
      ) : null}
      <GroupHits group={group} filter={props.filter} onHit={onHit} />
    </DrawerFrame>
  );
}

function GroupHead({ by, group }: { by: 'rule' | 'process'; group: SigmaHitGroup }) {
  return (
    <>
      <p className="flex flex-wrap gap-x-3 text-text-2">
        <SeverityMark severity={group.level} />
        <span>{groupNote(group)}</span>
        {by === 'rule' ? (
          <span className="text-text-3">
            <HostileText text={authorText(group.rule?.author ?? '')} />
          </span>
        ) : null}
      </p>
      <p className="flex flex-wrap gap-x-3">
        {group.rule ? (
          <Link href={rulesHref({ rule: group.rule.id })} className="link">
            The rule
          </Link>
        ) : null}
        {group.host ? (
          <Link href={`/hosts/${encodeURIComponent(group.host.id)}`} className="link machine">
            <HostileText text={group.host.name} />
          </Link>
        ) : null}
        {group.host && group.entityId ? (
          <Link
            href={lineageHref(group.host.id, { entityId: group.entityId })}
            prefetch={false}
            className="link"
          >
            In the lineage of its host
          </Link>
        ) : null}
      </p>
    </>
  );
}

function HitFrame(props: { id: string; onBack: (() => void) | null; onClose: () => void }) {
  const query = useQuery(hitQuery(props.id));
  const hit = query.data;
  return (
    <DrawerFrame
      title={hit ? <HostileText text={hit.rule.title} /> : 'A hit'}
      note={
        props.onBack ? (
          <Button size="sm" variant="quiet" className="-ml-2" onClick={props.onBack}>
            Back to all of the group
          </Button>
        ) : null
      }
      onClose={props.onClose}
    >
      {query.error && !hit ? (
        <ProblemNote
          error={query.error}
          what="The hit could not be read"
          safe="It may be gone because its rule runs no more or its import was read again; the event is not affected."
          onRetry={() => void query.refetch()}
        />
      ) : hit ? (
        <>
          <HitActs key={hit.ref} hit={hit} />
          <HitDetail hit={hit} />
        </>
      ) : (
        <SigmaSkeleton label="Reading the hit" />
      )}
    </DrawerFrame>
  );
}
