'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { SigmaMissing } from '@/components/shared/sigma/SigmaMissing';
import { sigmaCoverageQuery } from '@/components/shared/sigma/sigmaCoverage';
import { sigmaLineText } from './coverageWords';

/** How many of the Sigma rules that run can be decided at all, with the way to those that cannot; nothing while none runs. */
export function SigmaLine() {
  const coverage = useQuery(sigmaCoverageQuery).data;
  const text = sigmaLineText(coverage);
  if (coverage === undefined || text === null) return null;
  return (
    <div className="space-y-1">
      <p className="num text-12 text-text-2">
        {text}.{' '}
        <Link className="link no-print" href="/sigma/rules?state=blind">
          Which, and why
        </Link>
      </p>
      <SigmaMissing missing={coverage.missing} />
    </div>
  );
}
