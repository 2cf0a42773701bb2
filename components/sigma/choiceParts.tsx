'use client';

import { type ReactNode, useState } from 'react';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import { Toggle } from '@/components/ui/Toggle';
import { toggledIn } from './choiceDraft';
import { type Facet, facetValues } from './setFacets';

/** Values to choose among under their title. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="label mb-1">{title}</h3>
      <div className="flex flex-wrap gap-1.5">{children}</div>
    </section>
  );
}

/** One value that is chosen or not, with how many rules have it; words only for those who may not change it. */
export function Choice(props: {
  may: boolean;
  pressed: boolean;
  count: number;
  onChange: () => void;
  children: ReactNode;
}) {
  const words = (
    <>
      <span className="max-w-60 truncate">{props.children}</span>
      <span className="num text-text-3">{props.count.toLocaleString('en')}</span>
    </>
  );
  if (!props.may)
    return props.pressed ? (
      <span className="inline-flex h-6 items-center gap-1.5 text-12">{words}</span>
    ) : null;
  return (
    <Toggle pressed={props.pressed} onChange={props.onChange}>
      {words}
    </Toggle>
  );
}

const SHOWN = 12;

/** Values of a facet that may have many: those chosen, the most frequent, and a way to find others. */
export function FacetPicker(props: {
  title: string;
  /** What none chosen means. */
  all: string;
  facet: Facet;
  chosen: readonly string[];
  may: boolean;
  onChange: (chosen: string[]) => void;
}) {
  const { chosen, may } = props;
  const [q, setQ] = useState('');
  const words = q.trim().toLowerCase();
  const values = facetValues(props.facet, chosen);
  const found = values.filter(({ value }) => !chosen.includes(value) && value.toLowerCase().includes(words));
  const shown = [
    ...values.filter(({ value }) => chosen.includes(value)),
    ...(may ? found.slice(0, SHOWN) : []),
  ];
  return (
    <Group
      title={
        chosen.length === 0 ? `${props.title}: ${props.all.toLowerCase()}` : `${props.title}: only these`
      }
    >
      {shown.map(({ value, count }) => (
        <Choice
          key={value}
          may={may}
          pressed={chosen.includes(value)}
          count={count}
          onChange={() => props.onChange(toggledIn(chosen, value))}
        >
          <HostileText text={value} />
        </Choice>
      ))}
      {may && (values.length > SHOWN || q !== '') ? (
        <TextField
          label={`Find among ${props.title.toLowerCase()}`}
          hideLabel
          dense
          type="search"
          className="w-40"
          placeholder={`${found.length.toLocaleString('en')} to choose from`}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
      ) : null}
    </Group>
  );
}

const LISTED = 100;

/** Ids of single rules that a choice names, each to be taken off. */
export function IdList(props: {
  title: string;
  none: string;
  ids: readonly string[];
  may: boolean;
  onChange: (ids: string[]) => void;
}) {
  const { ids, may } = props;
  return (
    <section>
      <h3 className="label num mb-1">
        {props.title}
        {ids.length > 0 ? ` · ${ids.length.toLocaleString('en')}` : ''}
      </h3>
      {ids.length === 0 ? (
        <p className="text-text-3">{props.none} Open a rule to say so.</p>
      ) : (
        <ul className="max-h-48 overflow-y-auto border-y">
          {ids.slice(0, LISTED).map((id) => (
            <li key={id} className="flex min-h-7 items-center gap-3 border-b last:border-b-0">
              <span className="min-w-0 flex-1">
                <MonoText text={id} />
              </span>
              {may ? (
                <Button
                  size="sm"
                  variant="quiet"
                  onClick={() => props.onChange(ids.filter((each) => each !== id))}
                >
                  Take off
                  <span className="sr-only">
                    {' '}
                    <HostileText text={id} />
                  </span>
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {ids.length > LISTED ? (
        <p className="num text-12 text-text-3">
          {LISTED} of {ids.length} are listed.
        </p>
      ) : null}
    </section>
  );
}
