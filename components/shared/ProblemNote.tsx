'use client';

import { Button } from '@/components/ui/Button';
import { ErrorNote } from '@/components/ui/ErrorNote';
import { ApiError } from './apiClient';

type Advice = { title: string; todo: string };

/** What to tell a person about a failed request, by status; the detail is the server's own sentence. */
function adviceFor(error: ApiError): Advice {
  if (error.code === 'unreachable')
    return {
      title: 'The server did not answer',
      todo: 'Check that Sequela is still running, then try again.',
    };
  if (error.status === 401)
    return {
      title: 'You are no longer signed in',
      todo: 'Sign in, then try again. What you typed on this page stays.',
    };
  if (error.status === 403)
    return {
      title: 'Your role does not include this',
      todo: 'Ask somebody whose role does, or an administrator.',
    };
  if (error.status === 404) return { title: 'Not found', todo: 'Check the address, or go back to the list.' };
  if (error.status === 409)
    return { title: 'Someone else changed this first', todo: 'Look at the newer state, then decide again.' };
  if (error.status === 413)
    return {
      title: 'The file is larger than this server accepts',
      todo: 'Split the export, or raise the limit and try again.',
    };
  if (error.status === 429) return { title: 'Too many requests', todo: 'Wait a moment, then try again.' };
  if (error.status >= 500)
    return {
      title: 'The server failed on this request',
      todo: 'Try again. If it persists, the server log names the cause.',
    };
  return {
    title: error.problem?.title ?? 'The request was refused',
    todo: 'Mend what is named above and try again.',
  };
}

/** A failed read or write, told as what happened, what is safe and what to do. */
export function ProblemNote(props: {
  error: Error;
  /** What was being done, as in "The queue could not be read". */
  what?: string | undefined;
  safe?: string | undefined;
  onRetry?: (() => void) | undefined;
  compact?: boolean | undefined;
}) {
  const known = props.error instanceof ApiError ? props.error : null;
  const advice = known
    ? adviceFor(known)
    : { title: 'Something in this page failed', todo: 'Reload the page.' };
  return (
    <ErrorNote
      title={props.what ?? advice.title}
      detail={
        <>
          {props.what ? `${advice.title}. ` : null}
          {known?.code === 'unreachable' ? null : props.error.message}
          {known?.problem?.errors?.length ? (
            <ul className="mt-1 list-disc pl-4">
              {known.problem.errors.map((item) => (
                <li key={`${item.path}${item.message}`}>
                  <span className="font-mono text-12">{item.path}</span> {item.message}
                </li>
              ))}
            </ul>
          ) : null}
        </>
      }
      safe={props.safe}
      todo={advice.todo}
      compact={props.compact}
      actions={
        props.onRetry ? (
          <Button size="sm" onClick={props.onRetry}>
            Try again
          </Button>
        ) : undefined
      }
    />
  );
}
