'use client';

import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import type { SeenAlert } from '@/lib/contracts/reviews';

/** The alerts of products in a review as they stood then: what was decided on each, by whom and why. */
export function SeenAlertsPart({ alerts }: { alerts: readonly SeenAlert[] }) {
  return (
    <section aria-label="Alerts of products" className="border-b px-4 py-3">
      <h2 className="text-15">
        Alerts of products <span className="num font-normal text-text-3">{alerts.length}</span>
      </h2>
      <ul className="mt-1 divide-y">
        {alerts.map((alert) => (
          <li key={alert.key} className="py-1.5">
            <p className="[overflow-wrap:anywhere]">
              <Link className="link" href={`/alerts?show=all&alert=${encodeURIComponent(alert.key)}`}>
                <HostileText text={alert.rule} />
              </Link>{' '}
              <span className="text-text-3">
                {alert.product === '' ? null : (
                  <>
                    · <HostileText text={alert.product} />{' '}
                  </>
                )}
                {alert.host === '' ? null : (
                  <>
                    · <HostileText text={alert.host} />
                  </>
                )}
              </span>
            </p>
            <Verdict alert={alert} />
            {alert.changed ? <p className="text-warning">▲ Changed since it was submitted.</p> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Verdict({ alert }: { alert: SeenAlert }) {
  if (alert.verdict === null)
    return <p className="text-text-2">No verdict: the data no longer gave this alert.</p>;
  return (
    <>
      <p>
        <span className="font-medium">{VERDICT_WORD[alert.verdict]}</span>
        {alert.by === null ? null : (
          <>
            , <PersonName handle={alert.by} />
          </>
        )}
        {alert.at === null ? null : (
          <>
            {' '}
            · <TimeText at={alert.at} date precision="s" />
          </>
        )}
      </p>
      {alert.reason === '' ? null : (
        <p className="max-w-[92ch] text-text-2 [overflow-wrap:anywhere]">
          <HostileText text={alert.reason} />
        </p>
      )}
    </>
  );
}
