import type { Metadata } from 'next';
import { LeadHomeScreen } from '@/components/reviews/LeadHomeScreen';

export const metadata: Metadata = { title: 'Review and workload' };

export default function LeadHomePage() {
  return <LeadHomeScreen />;
}
