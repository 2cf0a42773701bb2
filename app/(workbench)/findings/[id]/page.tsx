import type { Metadata } from 'next';
import { InvestigationScreen } from '@/components/investigation/InvestigationScreen';

export const metadata: Metadata = { title: 'Finding' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <InvestigationScreen id={decodeURIComponent(id)} />;
}
