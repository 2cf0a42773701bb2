'use client';

import { useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import type { SettingVersionView } from '@/lib/contracts/analytics';

const STEP = 50;

/** Saved versions, newest first: who, when, why, what it did to findings, what differs. */
export function VersionList(props: {
  items: readonly SettingVersionView[];
  /** Version that is in force; 0 when none is. */
  inForce: number;
  none: string;
  onRestore: (version: SettingVersionView) => void;
}) {
  const [most, setMost] = useState(STEP);
  const items = props.items.toSorted((a, b) => b.version - a.version);
  if (items.length === 0) return <p className="max-w-[62ch] px-4 py-5 text-text-2">{props.none}</p>;
  return (
    <div className="px-4 py-3">
      <ol aria-label="Versions" className="max-w-[920px] border-t">
        {items.slice(0, most).map((version) => (
          <li key={version.version} className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b py-3">
            <div className="min-w-0 flex-1 basis-72">
              <p className="num flex flex-wrap items-baseline gap-x-3">
                <span className="font-medium">Version {version.version}</span>
                <span className="text-text-2">
                  <TimeText at={version.savedAt} date precision="s" zone /> by{' '}
                  <PersonName handle={version.savedBy} />
                </span>
                {version.version === props.inForce ? <span>in force</span> : null}
              </p>
              {version.note === '' ? null : (
                <p className="text-pretty [overflow-wrap:anywhere]">
                  <HostileText text={version.note} />
                </p>
              )}
              <p className="num text-12 text-text-2">{effectText(version.effect)}</p>
              <ul className="mt-1 list-disc pl-4 text-12 text-text-2">
                {version.differences.map((difference) => (
                  <li key={difference} className="[overflow-wrap:anywhere]">
                    <HostileText text={difference} />
                  </li>
                ))}
              </ul>
            </div>
            {version.version === props.inForce ? null : (
              <Allowed to="analytics.tune">
                <Button
                  size="sm"
                  aria-label={`Restore version ${version.version}`}
                  onClick={() => props.onRestore(version)}
                >
                  Restore
                </Button>
              </Allowed>
            )}
          </li>
        ))}
      </ol>
      {items.length > most ? (
        <Button size="sm" className="mt-3" onClick={() => setMost(most + STEP)}>
          Show more: {most} of {items.length} are shown
        </Button>
      ) : null}
    </div>
  );
}

function effectText({ gained, lost, changed, unchanged }: SettingVersionView['effect']): string {
  const count = (value: number) => value.toLocaleString('en');
  return `When saved: ${count(gained)} gained, ${count(lost)} lost, ${count(changed)} changed, ${count(unchanged)} as before`;
}
