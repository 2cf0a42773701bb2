import { ApiError } from '@/components/shared/apiClient';

/** What the server says is wrong with single fields of a body, by their names; empty when it is about something else. */
export function fieldProblems(error: Error | null): Readonly<Record<string, string>> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    (error.problem?.errors ?? []).map(({ path, message }) => [path.replace(/^body\./, ''), message]),
  );
}
