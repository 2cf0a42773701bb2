'use client';

import { useState } from 'react';
import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import type { ImportView } from '@/lib/contracts/imports';
import { useReparse } from './changes';
import { PasswordField } from './PasswordField';

/** What of an import is encrypted and was not opened, and a place to give the password. */
export function EncryptedNote({ thisImport }: { thisImport: ImportView }) {
  const [password, setPassword] = useState('');
  const reparse = useReparse(thisImport.id);
  const closed = thisImport.members.filter((member) => member.needsPassword).length;
  if (closed === 0) return null;
  const files = thisImport.members.length;
  return (
    <form
      aria-label="Encrypted"
      className="space-y-3 border-l-2 border-warning pl-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (password !== '') reparse.mutate({ password }, { onSuccess: () => setPassword('') });
      }}
    >
      <p>
        <span className="font-medium">
          {files === 1
            ? 'The file inside is encrypted and was not opened.'
            : `${closed.toLocaleString('en')} of ${files.toLocaleString('en')} files inside are encrypted and were not opened.`}
        </span>{' '}
        <span className="text-text-2">
          Give the password and the import is read again; no new upload is needed.
        </span>
      </p>
      <Allowed to="imports.change" told>
        <PasswordField value={password} onChange={setPassword} />
        <Button type="submit" size="sm" variant="primary" disabled={password === '' || reparse.isPending}>
          {reparse.isPending ? 'Asking…' : 'Open with this password'}
        </Button>
      </Allowed>
      {reparse.error ? (
        <ProblemNote
          compact
          error={reparse.error}
          what="The import could not be read again"
          safe="It is as it was."
        />
      ) : null}
    </form>
  );
}
