import Link from 'next/link';
import { EmptyState } from '@/components/ui/EmptyState';

export default function NotFound() {
  return (
    <main>
      <EmptyState
        title="There is no such page"
        actions={
          <Link className="link" href="/">
            Go to triage
          </Link>
        }
      >
        <p>The address may be mistyped, or the finding may have come from data that is no longer stored.</p>
      </EmptyState>
    </main>
  );
}
