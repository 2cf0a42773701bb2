import type { Metadata } from 'next';
import { Suspense } from 'react';
import { TeamScreen } from '@/components/team/TeamScreen';
import { TeamSkeleton } from '@/components/team/TeamSkeleton';

export const metadata: Metadata = { title: 'Team' };

export default function TeamPage() {
  return (
    <Suspense fallback={<TeamSkeleton />}>
      <TeamScreen />
    </Suspense>
  );
}
