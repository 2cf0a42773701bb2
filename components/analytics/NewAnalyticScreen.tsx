'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import { useRefusal } from '@/components/shared/me';
import { useLeaveWarning } from '@/components/shared/useLeaveWarning';
import { EmptyState } from '@/components/ui/EmptyState';
import { useToast } from '@/components/ui/Toast';
import { DetailSkeleton } from './AnalyticsSkeleton';
import { NEW_DRAFT } from './CloneDialog';
import { blankDefinition, cloneText, freeId, idOf, idProblem } from './cloneText';
import { DefinitionEditor } from './DefinitionEditor';
import { analyticsQuery } from './queries';
import { useKept } from './useKept';

/** A definition that is not saved yet: a copy of another, or a few lines to begin with. */
export function NewAnalyticScreen() {
  const refusal = useRefusal('analytics.test');
  return refusal === null ? <NewAnalytic /> : <EmptyState title={refusal} />;
}

function NewAnalytic() {
  const [from] = useQueryState('from', parseAsString);
  const router = useRouter();
  const toast = useToast();
  const list = useQuery(analyticsQuery);
  const draft = useKept(NEW_DRAFT, (kept) => (typeof kept === 'string' ? kept : null));
  useLeaveWarning(draft.kept !== null);
  if (!draft.ready || (draft.kept === null && list.data === undefined && list.error === null))
    return <DetailSkeleton label="Reading the definition" />;
  const items = list.data?.items ?? [];
  const known = items.map(({ id }) => id);
  const original = items.find(({ id }) => id === from);
  const begin = original
    ? cloneText(original.yaml, freeId(original.id, known), `${original.title} (our own)`)
    : blankDefinition();
  const text = draft.kept ?? begin;
  const id = idOf(text) ?? '';
  return (
    <article aria-label="New analytic" className="flex h-full flex-col">
      <header className="px-4 pb-2.5 pt-3.5">
        <h1 className="text-20">New analytic</h1>
        <p className="num text-text-2">
          {from === null ? 'Not saved yet' : `A copy of ${from}, not saved yet`}; kept in this tab.
          {id === '' ? null : (
            <>
              {' '}
              Its id will be <span className="machine">{id}</span>.
            </>
          )}
        </p>
      </header>
      <div className="min-h-0 flex-1 border-t">
        <DefinitionEditor
          subject={id}
          text={text}
          enabled
          changes={['a new analytic']}
          title="A new analytic,"
          obstacle={idProblem(id, known)}
          onChange={draft.keep}
          onSaved={() => {
            draft.forget();
            toast.show({ text: `Saved ${id}. It is run over what is stored, in the background.` });
            router.push(`/analytics/${encodeURIComponent(id)}`);
          }}
          onDiscard={() => {
            draft.forget();
            router.push(from === null ? '/analytics' : `/analytics/${encodeURIComponent(from)}`);
          }}
        />
      </div>
    </article>
  );
}
