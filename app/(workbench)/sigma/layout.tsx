import type { ReactNode } from 'react';
import { SigmaFrame } from '@/components/sigma/SigmaFrame';

export default function SigmaLayout({ children }: { children: ReactNode }) {
  return <SigmaFrame>{children}</SigmaFrame>;
}
