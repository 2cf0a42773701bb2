import Link from 'next/link';
import { CoverageMark } from '@/components/shared/CoverageMark';
import { HostileText } from '@/components/shared/MonoText';
import { counted } from '@/lib/base/numberWords';
import type { SigmaRuleDetail } from '@/lib/contracts/sigmaRules';

const STATE_WORD = { visible: 'visible', partial: 'in part', blind: 'blind' } as const;

/** On which hosts a rule can be decided; where it cannot, why. */
export function RuleSight({ rule }: { rule: SigmaRuleDetail }) {
  const { visible, partial, blind } = rule.hosts;
  const all = visible + partial + blind;
  const dark = rule.sight.filter(({ state }) => state !== 'visible');
  return (
    <section aria-labelledby="sight-title">
      <h3 id="sight-title" className="label mb-1">
        Where it can be decided
      </h3>
      {rule.kind === 'correlation' ? (
        <p className="text-text-2">Wherever the rules that it counts can be decided.</p>
      ) : rule.kind === 'filter' ? (
        <p className="text-text-2">A filter decides nothing by itself: it narrows other rules.</p>
      ) : rule.foreign ? (
        <p className="text-text-2">Nowhere: none of the formats Sequela reads has such records.</p>
      ) : all === 0 ? (
        <p className="text-text-2">No host is known yet.</p>
      ) : (
        <p className="num text-text-2">
          On {visible.toLocaleString('en')} of {counted(all, 'host')}
          {partial > 0 ? `, in part on ${partial.toLocaleString('en')}` : ''}
          {blind > 0 ? `; blind on ${blind.toLocaleString('en')}, where it says nothing` : ''}.
        </p>
      )}
      {dark.length === 0 ? null : (
        <ul
          aria-label="Hosts where it cannot be decided"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
          tabIndex={0}
          className="focus-inset mt-1.5 max-h-52 overflow-y-auto border-y"
        >
          {dark.map(({ host, state, why }) => (
            <li key={host.id} className="flex flex-wrap items-baseline gap-x-3 border-b py-1 last:border-b-0">
              <CoverageMark state={state} />
              <span className="w-12 text-12 text-text-2">{STATE_WORD[state]}</span>
              <Link
                href={`/hosts/${encodeURIComponent(host.id)}?tab=telemetry`}
                prefetch={false}
                className="link machine"
              >
                <HostileText text={host.name} />
              </Link>
              <span className="min-w-0 flex-1 basis-48 text-text-2 [overflow-wrap:anywhere]">
                <HostileText text={why} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {dark.length < partial + blind && dark.length > 0 ? (
        <p className="num mt-1 text-12 text-text-3">
          {dark.length} of {partial + blind} are listed.
        </p>
      ) : null}
    </section>
  );
}
