'use client';

import { useState } from 'react';
import { Allowed } from '@/components/shared/me';
import { Button } from '@/components/ui/Button';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { ORIGIN_WORD } from './analyticWords';
import { CloneDialog } from './CloneDialog';
import { RerunNote } from './RerunNote';

/** What it is called, whose it is and whether it runs; and the way to make one of one's own of it. */
export function AnalyticHeader({ analytic }: { analytic: AnalyticView }) {
  const [cloning, setCloning] = useState(false);
  return (
    <header className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pb-2 pt-3.5">
      <div className="min-w-0 flex-1 basis-72">
        <h1 className="text-20 text-pretty">{analytic.title}</h1>
        <p className="num mt-0.5 flex flex-wrap gap-x-3 text-text-2">
          <span className="machine leading-5">{analytic.id}</span>
          <span>version {analytic.version}</span>
          <span>{ORIGIN_WORD[analytic.origin]}</span>
          {analytic.enabled ? null : <span className="text-warning">Switched off: it finds nothing</span>}
          {analytic.techniques.map((technique) => (
            <a
              key={technique}
              href={`https://attack.mitre.org/techniques/${technique.split('.').map(encodeURIComponent).join('/')}/`}
              target="_blank"
              rel="noopener noreferrer"
              className="link"
            >
              {technique}
              <span className="sr-only"> at MITRE ATT&amp;CK, opens in a new tab</span>
            </a>
          ))}
        </p>
        {(analytic.problems ?? []).map((problem) => (
          <p key={problem} className="mt-1 border-l-2 border-warning pl-2 text-warning">
            {problem}
          </p>
        ))}
        <div className="lg:hidden">
          <RerunNote />
        </div>
      </div>
      <Allowed to="analytics.tune">
        <Button size="sm" onClick={() => setCloning(true)}>
          Clone to make your own…
        </Button>
      </Allowed>
      {cloning ? <CloneDialog analytic={analytic} onClose={() => setCloning(false)} /> : null}
    </header>
  );
}
