import { ApiError } from '@/components/shared/apiClient';
import { ErrorNote } from '@/components/ui/ErrorNote';

/** Why signing in did not work, in the server's own sentence, and what to do. */
export function SignInProblem({ error, todo }: { error: Error; todo: string }) {
  const status = error instanceof ApiError ? error.status : null;
  const title =
    status === 429
      ? 'Too many attempts'
      : status === 0
        ? 'The server did not answer'
        : status !== null && status >= 500
          ? 'The server failed on this'
          : 'Not signed in';
  return (
    <ErrorNote
      compact
      title={title}
      detail={status === 0 ? undefined : error.message}
      todo={status === 429 ? 'Wait as long as it says, then try again.' : todo}
    />
  );
}
