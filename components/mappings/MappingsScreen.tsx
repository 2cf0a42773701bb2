'use client';

import Link from 'next/link';
import { parseAsString, useQueryStates } from 'nuqs';
import { useRefusal } from '@/components/shared/me';
import { EmptyState } from '@/components/ui/EmptyState';
import { MappingEditor } from './MappingEditor';
import { MappingList } from './MappingList';

/** The saved mappings, or with an import in the address the mapping of its fields. */
export function MappingsScreen() {
  const [at, setAt] = useQueryStates({
    import: parseAsString,
    member: parseAsString,
    mapping: parseAsString,
  });
  const refusal = useRefusal('mappings.write');
  if (at.import === null) return <MappingList />;
  if (refusal !== null)
    return (
      <EmptyState
        title={refusal}
        actions={
          <Link className="link" href={`/imports?import=${encodeURIComponent(at.import)}`}>
            To the import
          </Link>
        }
      >
        <p>What is already mapped is read as before.</p>
      </EmptyState>
    );
  return (
    <MappingEditor
      key={`${at.import}/${at.member ?? ''}/${at.mapping ?? ''}`}
      importId={at.import}
      member={at.member}
      existing={at.mapping}
      onMember={(member) => void setAt({ member })}
    />
  );
}
