import type { CaseDetail } from '@/lib/contracts/cases';
import { CaseFiles } from './CaseFiles';
import { CaseIndicators } from './CaseIndicators';

/** Files kept with the case, and what is looked for because of it. */
export function CaseEvidence({ shown, mayWrite }: { shown: CaseDetail; mayWrite: boolean }) {
  return (
    <div className="grid gap-x-8 gap-y-6 px-4 py-3 xl:grid-cols-2">
      <CaseIndicators shown={shown} mayWrite={mayWrite} />
      <CaseFiles shown={shown} mayWrite={mayWrite} />
    </div>
  );
}
