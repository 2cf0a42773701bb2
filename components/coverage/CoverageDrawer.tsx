'use client';

import { DrawerFrame } from '@/components/shared/DrawerFrame';
import { HostileText } from '@/components/shared/MonoText';
import type { PartProps } from './coveragePart';
import type { HostsBehind } from './coverageQueries';
import { type CellPlace, readCell, withColumn } from './coverageUrl';
import { keyText } from './coverageWords';
import { FixDetail } from './FixDetail';
import { HostsBehindList } from './HostsBehindList';
import { ProofList } from './ProofList';

type DrawerProps = PartProps & { onClose: () => void };

/** What is behind a number, beside the page: hosts of a cell, a fix with its hosts, or the proofs. Esc closes. */
export function CoverageDrawer(props: DrawerProps) {
  const { url, view } = props;
  if (url.fix !== null) return <FixDetail key={url.fix} id={url.fix} {...props} />;
  if (url.cell !== null) return <CellDetail key={url.cell} place={readCell(url.cell)} {...props} />;
  return (
    <DrawerFrame title="Stages proven by a replayed attack" onClose={props.onClose}>
      <ProofList rows={view.rows} />
    </DrawerFrame>
  );
}

function CellDetail(props: DrawerProps & { place: CellPlace }) {
  const { view, query, place } = props;
  const row = view.rows.find(({ stage }) => stage === place.stage);
  // A row of the matrix may be an analytic, for all of its stages.
  const analytic = row ? [] : view.rows.filter((each) => each.analytic === place.stage);
  const [one] = analytic;
  const behind: HostsBehind = {
    ...withColumn({ ...query, from: view.from, to: view.to }, place.column),
    ...(one ? { analytic: one.analytic } : place.stage === null ? {} : { stage: place.stage }),
  };
  const column = view.columns.find(({ key }) => key === place.column);
  const where =
    place.column === null
      ? 'all hosts'
      : column && column.name !== 'none'
        ? column.name
        : keyText(place.column, view.by);
  return (
    <DrawerFrame
      title={
        <>
          <HostileText
            text={
              row?.title ?? (one ? `${one.analytic}, all stages` : undefined) ?? place.stage ?? 'All stages'
            }
          />
          ,{' '}
          <span className="font-normal text-text-2">
            <HostileText text={where} />
          </span>
        </>
      }
      onClose={props.onClose}
    >
      <HostsBehindList
        {...props}
        behind={behind}
        stages={one ? analytic.map(({ stage }) => stage) : place.stage === null ? null : [place.stage]}
      />
    </DrawerFrame>
  );
}
