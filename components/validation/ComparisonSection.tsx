import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { counted } from '@/lib/base/numberWords';
import type { ValidationReport } from '@/lib/contracts/validation';

type Comparison = NonNullable<ValidationReport['comparison']>;

/** The run held against the one before, over the recordings both have: what is worse first. */
export function ComparisonSection({ comparison }: { comparison: Comparison }) {
  const { previous, regressed, worse, better, added, removed, relabelled } = comparison;
  return (
    <section aria-labelledby="compared-title">
      <h2 id="compared-title" className="num text-15">
        Against{' '}
        <Link className="link" href={`/coverage/validation/${previous}`}>
          run {previous}
        </Link>
      </h2>
      {worse.length + better.length === 0 ? (
        <p className="text-text-2">
          {regressed === null
            ? 'The two runs have no case in common, so nothing can be said.'
            : 'Every case that both runs have came out the same.'}
        </p>
      ) : (
        <div className="mt-1.5 grid gap-x-8 gap-y-4 lg:grid-cols-2">
          <Changes title={`${counted(worse.length, 'case')} worse`} mark="▼" changes={worse} bad />
          <Changes title={`${counted(better.length, 'case')} better`} mark="▲" changes={better} />
        </div>
      )}
      {relabelled !== undefined && relabelled.length > 0 ? (
        <Names title="Labelled otherwise since, so not compared" names={relabelled} />
      ) : null}
      {added.length > 0 ? <Names title="Recordings added since" names={added} /> : null}
      {removed.length > 0 ? <Names title="Recordings removed since" names={removed} /> : null}
    </section>
  );
}

function Changes(props: { title: string; mark: string; changes: Comparison['worse']; bad?: boolean }) {
  const { title, mark, changes, bad } = props;
  if (changes.length === 0) return null;
  return (
    <div>
      <h3 className={`num text-13 ${bad ? 'text-danger' : ''}`}>
        <span aria-hidden="true">{mark} </span>
        {title}
      </h3>
      <ul className="mt-1 space-y-1.5">
        {changes.map(({ recording, analytic, sentence }) => (
          <li key={`${recording}~${analytic}~${sentence}`} className="[overflow-wrap:anywhere]">
            <span className="text-text-3">
              <HostileText text={analytic} />, <HostileText text={recording} />:
            </span>{' '}
            <HostileText text={sentence} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  return (
    <p className="num mt-2 text-12 text-text-2 [overflow-wrap:anywhere]">
      {title} ({names.length.toLocaleString('en')}): <HostileText text={names.join(', ')} />
    </p>
  );
}
