import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AttackScreen } from '@/components/attack/AttackScreen';
import { AttackSkeleton } from '@/components/attack/AttackSkeleton';

export const metadata: Metadata = { title: 'ATT&CK' };

export default function AttackPage() {
  return (
    <Suspense fallback={<AttackSkeleton />}>
      <AttackScreen />
    </Suspense>
  );
}
