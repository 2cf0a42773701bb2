import { clsx } from 'clsx';
import { ARTEFACT_WORD, ArtefactGlyph } from '@/components/shared/ArtefactGlyph';
import { elidePath } from '@/components/shared/ellipsis';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { PROCESS_CLASS_WORD, ProcessGlyph } from '@/components/shared/ProcessGlyph';
import type { LineageView } from '@/lib/contracts/lineage';
import { causalOutline, type OutlineRow } from './causalOutline';

const SHOWN = 11;
const STEP = 14;
/** Deeper lines stand no further right, so that their names can be read. */
const DEEPEST = 9;

/** The cause→effect path, each line under what caused it; processes as boxes, what they made as pills. */
export function CausalPath({ lineage }: { lineage: LineageView }) {
  const rows = causalOutline(lineage).map((row) => ({
    ...row,
    depth: Math.min(row.depth, DEEPEST),
    rails: row.rails.slice(0, DEEPEST),
  }));
  if (rows.length === 0) return <p className="text-text-3">No process of this chain was recorded.</p>;
  return (
    <ol>
      {rows.slice(0, SHOWN).map((row) => (
        <li
          key={row.id}
          className="relative flex h-[27px] items-center"
          style={{ paddingLeft: row.depth * STEP }}
        >
          <Rails row={row} />
          {row.type === 'process' ? (
            <span
              className="inline-flex h-6 min-w-0 items-center gap-1.5 rounded-md border border-line-strong bg-surface-2 px-1.5 text-12"
              title={hostilePlain(row.process.commandLine ?? row.process.image ?? row.process.name)}
            >
              <ProcessGlyph
                kind={row.process.class}
                size={13}
                label={PROCESS_CLASS_WORD[row.process.class]}
              />
              <span className="truncate font-medium">
                <HostileText text={row.process.name} />
              </span>
              {row.process.pid === null ? null : (
                <span className="num text-11 text-text-3">{row.process.pid}</span>
              )}
            </span>
          ) : (
            <span
              className="inline-flex h-6 min-w-0 items-center gap-1.5 rounded-full border border-accent px-2 text-12"
              title={hostilePlain(row.artefact.detail ?? row.artefact.label)}
            >
              <ArtefactGlyph kind={row.artefact.type} size={13} label={ARTEFACT_WORD[row.artefact.type]} />
              <span className="truncate">
                <HostileText text={elidePath(row.artefact.label, 42)} />
              </span>
            </span>
          )}
          {row.strength === 'exact' ? null : (
            <span className="ml-2 self-center text-11 text-text-3">{row.strength}</span>
          )}
        </li>
      ))}
      {rows.length > SHOWN ? (
        <li className="text-text-3">and {rows.length - SHOWN} more, on its page</li>
      ) : null}
    </ol>
  );
}

/** The lines from the causes above: the last is this row's own, dashed when its join is not exact. */
function Rails({ row }: { row: OutlineRow }) {
  return row.rails.map((goesOn, index) => {
    const own = index === row.depth - 1;
    return (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the depth
        key={index}
        aria-hidden="true"
        className="absolute inset-y-0 w-2.5"
        style={{ left: index * STEP + 6 }}
      >
        {goesOn || own ? (
          <span
            className={clsx('absolute left-0 top-0 border-l border-accent', goesOn ? 'h-full' : 'h-1/2')}
          />
        ) : null}
        {own ? (
          <span
            className={clsx(
              'absolute left-0 top-1/2 w-2 border-t border-accent',
              row.strength !== 'exact' && 'border-dashed',
            )}
          />
        ) : null}
      </span>
    );
  });
}
