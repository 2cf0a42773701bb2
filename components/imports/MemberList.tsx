'use client';

import { useState } from 'react';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { Allowed, useMay } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import type { ImportMember, ImportView } from '@/lib/contracts/imports';
import { useReparse } from './changes';
import { FormatSelect } from './FormatSelect';
import { formatText } from './importWords';
import { LedgerBar } from './LedgerBar';
import { PasswordField } from './PasswordField';

const AT_ONCE = 100;

type Formats = { readonly whole: string; readonly members: Readonly<Record<string, string>> };

/** The files of an import: what each was read as and why, what became of its records, and another format for it. */
export function MemberList({ thisImport }: { thisImport: ImportView }) {
  const chosen: Formats = { whole: thisImport.requestedFormat, members: thisImport.memberFormats };
  const [formats, setFormats] = useState(chosen);
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(AT_ONCE);
  const reparse = useReparse(thisImport.id);
  const mayChange = useMay('imports.change');
  const changed = JSON.stringify(formats) !== JSON.stringify(chosen);
  const { members } = thisImport;
  const isArchive = members.length > 1;
  const setMember = (name: string, format: string) => {
    const { [name]: _before, ...others } = formats.members;
    setFormats({ ...formats, members: format === 'auto' ? others : { ...others, [name]: format } });
  };
  return (
    <form
      aria-label="Formats"
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        reparse.mutate(
          {
            format: formats.whole,
            memberFormats: { ...formats.members },
            ...(password === '' ? {} : { password }),
          },
          { onSuccess: () => setPassword('') },
        );
      }}
    >
      <p className="text-text-2">
        The format is told by content. Where the guess is wrong, choose another: the stored bytes are read
        again and findings follow.
      </p>
      <Allowed to="imports.change" told>
        <FormatSelect
          label={isArchive ? 'Read every file as' : 'Read it as'}
          value={formats.whole}
          auto="What its content shows"
          onChange={(whole) => setFormats({ ...formats, whole })}
        />
        {thisImport.encrypted ? <PasswordField value={password} onChange={setPassword} /> : null}
        <div className="flex flex-wrap items-center gap-2">
          <Button
            type="submit"
            size="sm"
            variant={changed ? 'primary' : 'default'}
            disabled={reparse.isPending || (thisImport.encrypted && password === '')}
          >
            {reparse.isPending ? 'Asking…' : 'Read again'}
          </Button>
          {changed ? (
            <Button size="sm" variant="quiet" onClick={() => setFormats(chosen)}>
              As before
            </Button>
          ) : null}
        </div>
      </Allowed>
      {reparse.error ? (
        <ProblemNote
          compact
          error={reparse.error}
          what="The import could not be read again"
          safe="It is as it was."
        />
      ) : null}
      {members.length === 0 ? (
        <p className="text-text-3">No file of it has been read to its end yet.</p>
      ) : (
        <ul aria-label="Files inside">
          {members.slice(0, shown).map((member, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: members keep their number; names can repeat
            <li key={n} className="space-y-1 border-t py-2.5">
              <MemberFacts member={member} />
              {isArchive && mayChange ? (
                <FormatSelect
                  hideLabel
                  label={`Read ${member.name} as`}
                  value={formats.members[member.name] ?? 'auto'}
                  auto="As every file"
                  onChange={(format) => setMember(member.name, format)}
                />
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {members.length > shown ? (
        <Button size="sm" onClick={() => setShown(shown + AT_ONCE)}>
          Show more of {members.length.toLocaleString('en')} files
        </Button>
      ) : null}
    </form>
  );
}

function MemberFacts({ member }: { member: ImportMember }) {
  return (
    <>
      <p>
        <MonoText text={member.name} max={52} />
      </p>
      <p className="text-12 text-text-3">
        <HostileText text={formatText(member)} />
      </p>
      <LedgerBar records={member.records} />
      <p className="num text-12 text-text-3">{member.records.read.toLocaleString('en')} records read</p>
      {member.problem ? (
        <p className="text-warning [overflow-wrap:anywhere]">
          <HostileText text={member.problem} />
        </p>
      ) : null}
    </>
  );
}
