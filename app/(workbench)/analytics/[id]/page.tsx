import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AnalyticScreen } from '@/components/analytics/AnalyticScreen';
import { DetailSkeleton } from '@/components/analytics/AnalyticsSkeleton';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Analytic ${decodeURIComponent((await params).id)}` };
}

export default async function AnalyticPage({ params }: Props) {
  const id = decodeURIComponent((await params).id);
  return (
    <Suspense fallback={<DetailSkeleton label="Reading the analytic" />}>
      <AnalyticScreen key={id} id={id} />
    </Suspense>
  );
}
