import type { ReactNode } from 'react';
import { CoverageFrame } from '@/components/coverage/CoverageFrame';

export default function CoverageLayout({ children }: { children: ReactNode }) {
  return <CoverageFrame>{children}</CoverageFrame>;
}
