import type { Metadata } from 'next';
import { Suspense } from 'react';
import { RulesScreen } from '@/components/sigma/RulesScreen';
import { SigmaSkeleton } from '@/components/sigma/SigmaSkeleton';

export const metadata: Metadata = { title: 'Sigma rules' };

export default function SigmaRulesPage() {
  return (
    <Suspense fallback={<SigmaSkeleton label="Reading the rules" />}>
      <RulesScreen />
    </Suspense>
  );
}
