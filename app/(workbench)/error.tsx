'use client';

import { Button } from '@/components/ui/Button';
import { ErrorNote } from '@/components/ui/ErrorNote';

export default function WorkbenchError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <ErrorNote
      title="This page failed"
      detail={error.message}
      safe="Your imports, findings and verdicts are stored on the server and are not affected."
      todo="Try again. If it fails again, reload the page."
      actions={<Button onClick={reset}>Try again</Button>}
    />
  );
}
