import type { Metadata } from 'next';
import { ClocksScreen } from '@/components/clocks/ClocksScreen';

export const metadata: Metadata = { title: 'Service clocks' };

export default function ClocksPage() {
  return <ClocksScreen />;
}
