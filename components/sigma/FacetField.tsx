'use client';

import { useId } from 'react';
import { TextField } from '@/components/ui/TextField';
import { type Facet, facetValues } from './setFacets';

/** A value of a facet with too many for a menu: typed, with those there are offered. */
export function FacetField(props: {
  label: string;
  facet: Facet;
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  const list = useId();
  return (
    <>
      <TextField
        label={props.label}
        hideLabel
        dense
        type="search"
        list={list}
        placeholder={props.label}
        className="w-36"
        maxLength={200}
        value={props.value ?? ''}
        onChange={(event) => props.onChange(event.target.value || null)}
      />
      <datalist id={list}>
        {facetValues(props.facet).map(({ value, count }) => (
          <option key={value} value={value}>
            {count.toLocaleString('en')}
          </option>
        ))}
      </datalist>
    </>
  );
}
