import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Suspense } from 'react';
import { CaseScreen } from '@/components/cases/CaseScreen';
import { ReviewPanel } from '@/components/reviews/ReviewPanel';

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: 'Case' };

export default async function CasePage({ params }: Props) {
  const { id } = await params;
  if (!/^\d{1,9}$/.test(id)) notFound();
  return (
    <Suspense>
      <CaseScreen key={id} id={Number(id)} review={<ReviewPanel caseId={Number(id)} />} />
    </Suspense>
  );
}
