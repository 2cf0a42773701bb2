'use client';

import { useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { Button } from '@/components/ui/Button';
import type { AttackAnalytic, AttackBundle, AttackObject } from '@/lib/contracts/attack';
import { releaseTitle } from './attackWords';
import { MapTechniqueDialog } from './MapTechniqueDialog';
import { ObjectLink } from './ObjectLink';
import { TechniqueList } from './TechniqueList';

/** Our analytics, each with the release's own object of its id and the techniques it is about. */
export function AnalyticTechniques(props: {
  items: readonly AttackAnalytic[];
  release: AttackBundle | null;
}) {
  const { items, release } = props;
  const [mapping, setMapping] = useState<AttackAnalytic | null>(null);
  return (
    <section aria-labelledby="attack-analytics" className="mt-5">
      <h2 id="attack-analytics" className="text-15">
        Analytics and techniques
      </h2>
      {release === null ? (
        <p className="mt-1 max-w-[72ch] text-text-2">
          No release of ATT&CK is here, so nothing but your own word maps an analytic. The published objects
          of these analytics name no technique: their detection strategies do, and those stand in the release.
        </p>
      ) : (
        <p className="mt-1 text-text-2">
          By <HostileText text={releaseTitle(release)} />.
        </p>
      )}
      {items.length === 0 ? <p className="mt-2 text-text-2">No analytic is in force.</p> : null}
      <ul className="mt-2">
        {items.map((item) => (
          <li key={item.analytic} className="border-t py-3">
            <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
              <h3 className="min-w-0 font-medium [overflow-wrap:anywhere]">
                <span className="machine">
                  <HostileText text={item.analytic} />
                </span>{' '}
                <HostileText text={item.title} />
              </h3>
              <Published object={item.object} strategy={item.strategy} named={release !== null} />
              <span className="flex-1" />
              <Allowed to="attack.write">
                <Button
                  size="sm"
                  aria-label={`Map ${item.analytic} to a technique`}
                  onClick={() => setMapping(item)}
                >
                  Map to a technique…
                </Button>
              </Allowed>
            </div>
            <TechniqueList analytic={item.analytic} techniques={item.techniques} />
          </li>
        ))}
      </ul>
      {mapping === null ? null : (
        <MapTechniqueDialog
          analytic={mapping}
          searchable={release !== null}
          onClose={() => setMapping(null)}
        />
      )}
    </section>
  );
}

/** The release's object of the analytic's id, and the strategy that names it. */
function Published(props: { object: AttackObject | null; strategy: AttackObject | null; named: boolean }) {
  const { object, strategy, named } = props;
  if (!named) return null;
  if (object === null)
    return <span className="text-12 text-text-3">The release has no analytic of this id.</span>;
  return (
    <span className="text-12 text-text-3">
      ATT&CK’s <ObjectLink object={object} />
      {object.version === null ? null : (
        <>
          {' '}
          version <HostileText text={object.version} />
        </>
      )}
      {object.revoked || object.deprecated ? `, ${object.revoked ? 'revoked' : 'deprecated'}` : null}
      {strategy === null ? null : (
        <>
          , in <ObjectLink object={strategy} named />
        </>
      )}
    </span>
  );
}
