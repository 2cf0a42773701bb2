import type { ReactNode } from 'react';
import { Shell } from '@/components/shared/shell/Shell';

export default function WorkbenchLayout({ children }: { children: ReactNode }) {
  return <Shell>{children}</Shell>;
}
