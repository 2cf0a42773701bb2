'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { MappingEditor } from './MappingEditor';
import { MappingList } from './MappingList';

/** The saved mappings, or with an import in the address the mapping of its fields. */
export function MappingsScreen() {
  const [at, setAt] = useQueryStates({
    import: parseAsString,
    member: parseAsString,
    mapping: parseAsString,
  });
  if (at.import === null) return <MappingList />;
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
