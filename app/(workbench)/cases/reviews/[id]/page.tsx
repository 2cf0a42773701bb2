import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReviewScreen } from '@/components/reviews/ReviewScreen';

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: 'Review' };

export default async function ReviewPage({ params }: Props) {
  const { id } = await params;
  if (!/^\d{1,9}$/.test(id)) notFound();
  return <ReviewScreen key={id} id={Number(id)} />;
}
