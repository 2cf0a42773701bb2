'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { sigmaCoverageQuery } from './coverageQueries';
import { sigmaLineText } from './coverageWords';

/** How many of the Sigma rules that run can be decided at all, with the way to those that cannot; nothing while none runs. */
export function SigmaLine() {
  const text = sigmaLineText(useQuery(sigmaCoverageQuery).data);
  if (text === null) return null;
  return (
    <p className="num text-12 text-text-2">
      {text}.{' '}
      <Link className="link no-print" href="/sigma/rules?state=blind">
        Which, and why
      </Link>
    </p>
  );
}
