import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { RunScreen } from '@/components/validation/RunScreen';
import { ValidationSkeleton } from '@/components/validation/ValidationSkeleton';

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: 'Validation run' };

export default async function ValidationRunPage({ params }: Props) {
  const { id } = await params;
  if (!/^\d{1,9}$/.test(id)) notFound();
  return (
    <Suspense fallback={<ValidationSkeleton />}>
      <RunScreen key={id} id={id} />
    </Suspense>
  );
}
