import { HostileText } from '@/components/shared/MonoText';
import type { AttackObject } from '@/lib/contracts/attack';
import { pageOf } from './attackWords';

/** An object of a release by its id, to its page on ATT&CK's own site; with `named` its name too. */
export function ObjectLink({ object, named }: { object: AttackObject; named?: boolean }) {
  const page = pageOf(object.url);
  const text = (
    <>
      <span className="machine">{object.attackId ?? 'object'}</span>
      {named ? (
        <>
          {' '}
          <HostileText text={object.name} />
        </>
      ) : null}
    </>
  );
  if (page === null) return text;
  return (
    <a className="link" href={page} target="_blank" rel="noreferrer">
      {text}
      <span className="sr-only"> (opens attack.mitre.org in a new tab)</span>
    </a>
  );
}
