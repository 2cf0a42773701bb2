'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { parseAsString, useQueryState } from 'nuqs';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import type { EnvironmentView } from '@/lib/contracts/analytics';
import { type EnvironmentChange, listIn, listsFound } from './environmentDraft';
import { ListField } from './ParameterField';
import { listDifference, sameValue } from './tuningDraft';

type SharedList = EnvironmentView['lists'][number];
const MOST = 200;

/** The lists that analytics share, searched by name and value; the open one is edited as lines beside what is shipped. */
export function SharedLists(props: {
  view: EnvironmentView;
  change: EnvironmentChange;
  onChange: (list: SharedList, values: string[]) => void;
}) {
  const { view, change, onChange } = props;
  const [words, setWords] = useQueryState('q', parseAsString.withDefault(''));
  const [open, setOpen] = useQueryState('list', parseAsString);
  const found = listsFound(view.lists, words);
  return (
    <section aria-labelledby="lists">
      <h2 id="lists" className="text-15">
        Shared lists
      </h2>
      <p className="num mb-2 text-text-2">
        {found.length === view.lists.length
          ? `${view.lists.length} lists that definitions refer to by name.`
          : `${found.length} of ${view.lists.length} lists.`}
      </p>
      <TextField
        label="Search lists by name or value"
        hideLabel
        type="search"
        className="max-w-96"
        placeholder="Search name or value, as outlook.exe"
        value={words}
        onChange={(event) => void setWords(event.target.value || null)}
      />
      <ul className="mt-3 border-t">
        {found.slice(0, MOST).map((list) => (
          <ListRow
            key={list.name}
            list={list}
            values={listIn(change, list)}
            open={list.name === open}
            onOpen={() => void setOpen(list.name === open ? null : list.name)}
            onChange={(values) => onChange(list, values)}
          />
        ))}
      </ul>
      {found.length === 0 ? <p className="py-3 text-text-2">No list has this name or value.</p> : null}
      {found.length > MOST ? (
        <p className="num py-2 text-text-3">
          {MOST} of {found.length}; search for the others.
        </p>
      ) : null}
    </section>
  );
}

function ListRow(props: {
  list: SharedList;
  values: string[];
  open: boolean;
  onOpen: () => void;
  onChange: (values: string[]) => void;
}) {
  const { list, values, open, onOpen, onChange } = props;
  const changed = !sameValue(values, list.shipped);
  const { added, removed } = listDifference(values, list.shipped);
  return (
    <li className="border-b">
      <button
        type="button"
        aria-expanded={open}
        onClick={onOpen}
        className="focus-inset flex min-h-8 w-full flex-wrap items-baseline gap-x-4 gap-y-0.5 px-1 py-1.5 text-left hover:bg-surface-2"
      >
        <span className="machine font-medium">%{list.name}%</span>
        <span className="min-w-0 flex-1 basis-48 text-12 text-text-2">{list.about}</span>
        <span className="num text-12 text-text-3">
          {values.length.toLocaleString('en')} {values.length === 1 ? 'value' : 'values'}
        </span>
        <span className={clsx('num w-32 text-right text-12', changed ? 'text-text-1' : 'text-text-3')}>
          {changed ? `${added.length} added, ${removed.length} removed` : 'as shipped'}
        </span>
      </button>
      {open ? (
        <div className="grid gap-x-6 gap-y-3 px-1 pb-4 pt-1 sm:grid-cols-2">
          <ListField label={`%${list.name}%`} value={values} rows={12} onChange={onChange} />
          <div className="min-w-0 space-y-3">
            <p className="text-12 text-text-2">
              {list.usedBy.length === 0 ? 'No analytic uses it.' : 'Used by '}
              {list.usedBy.map((id, place) => (
                <span key={id}>
                  {place > 0 ? ', ' : ''}
                  <Link href={`/analytics/${encodeURIComponent(id)}`} className="link machine">
                    {id}
                  </Link>
                </span>
              ))}
            </p>
            <Difference title="Added here" values={added} sign="+" />
            <Difference title="Shipped, removed here" values={removed} sign="−" />
            {changed ? (
              <Button
                size="sm"
                aria-label={`Reset ${list.name} to what is shipped`}
                onClick={() => onChange([...list.shipped])}
              >
                Reset to what is shipped
              </Button>
            ) : (
              <p className="text-12 text-text-3">The list is as shipped.</p>
            )}
          </div>
        </div>
      ) : null}
    </li>
  );
}

const SHOWN = 60;

function Difference(props: { title: string; values: readonly string[]; sign: string }) {
  if (props.values.length === 0) return null;
  return (
    <div>
      <h3 className="label num">
        {props.title}
        {props.values.length > SHOWN ? ` · ${SHOWN} of ${props.values.length}` : ''}
      </h3>
      <ul className="machine">
        {props.values.slice(0, SHOWN).map((value) => (
          <li key={value} className="[overflow-wrap:anywhere]">
            <span aria-hidden="true">{props.sign} </span>
            {value}
          </li>
        ))}
      </ul>
    </div>
  );
}
