import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ValidationScreen } from '@/components/validation/ValidationScreen';
import { ValidationSkeleton } from '@/components/validation/ValidationSkeleton';

export const metadata: Metadata = { title: 'Validation' };

export default function ValidationPage() {
  return (
    <Suspense fallback={<ValidationSkeleton />}>
      <ValidationScreen />
    </Suspense>
  );
}
