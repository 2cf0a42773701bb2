import type { Metadata } from 'next';
import { CasesScreen } from '@/components/cases/CasesScreen';

export const metadata: Metadata = { title: 'Cases' };

export default function CasesPage() {
  return <CasesScreen />;
}
