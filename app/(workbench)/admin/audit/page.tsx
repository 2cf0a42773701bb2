import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AuditScreen } from '@/components/audit/AuditScreen';
import { AuditSkeleton } from '@/components/audit/AuditSkeleton';

export const metadata: Metadata = { title: 'Audit' };

export default function AuditPage() {
  return (
    <Suspense fallback={<AuditSkeleton />}>
      <AuditScreen />
    </Suspense>
  );
}
