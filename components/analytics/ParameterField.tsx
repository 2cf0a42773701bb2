'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { TextArea } from '@/components/ui/TextArea';
import { TextField } from '@/components/ui/TextField';
import {
  listDifference,
  listOf,
  type Parameter,
  type ParameterValue,
  parameterProblem,
  sameValue,
  valueText,
} from './tuningDraft';

/** One value of an analytic: its editor by kind, what it is about, what is shipped, and the way back to that. */
export function ParameterField(props: {
  parameter: Parameter;
  value: ParameterValue;
  onChange: (value: ParameterValue) => void;
}) {
  const { parameter, value, onChange } = props;
  const { name, kind, shipped, about } = parameter;
  const changed = !sameValue(value, shipped);
  const problem = parameterProblem(kind, value) ?? undefined;
  return (
    <div>
      {kind === 'list' ? (
        <ListField label={name} value={Array.isArray(value) ? value : [String(value)]} onChange={onChange} />
      ) : (
        <TextField
          label={name}
          value={Array.isArray(value) ? value.join(', ') : String(value)}
          inputMode={kind === 'number' ? 'decimal' : 'text'}
          error={problem}
          className={kind === 'text' ? undefined : 'max-w-40'}
          onChange={(event) => onChange(typed(kind, event.target.value))}
        />
      )}
      <div className="num mt-1 flex flex-wrap items-baseline gap-x-3 text-12 text-text-3">
        {about === '' ? null : <span className="basis-full text-text-2">{about}</span>}
        <span className="[overflow-wrap:anywhere]">shipped: {valueText(shipped)}</span>
        {changed && Array.isArray(value) && Array.isArray(shipped) ? (
          <span>{differenceText(value, shipped)}</span>
        ) : null}
        {changed ? (
          <Button size="sm" variant="quiet" aria-label={`Reset ${name}`} onClick={() => onChange(shipped)}>
            Reset
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** A list as lines; what is typed stays as typed as long as it says what the list holds. */
export function ListField(props: {
  label: string;
  value: readonly string[];
  rows?: number;
  onChange: (value: string[]) => void;
}) {
  const [text, setText] = useState('');
  const isTyped = sameValue(listOf(text), [...props.value]);
  return (
    <TextArea
      label={`${props.label}, one value a line`}
      rows={props.rows ?? Math.min(8, Math.max(3, props.value.length))}
      spellCheck={false}
      className="[&_textarea]:font-mono [&_textarea]:text-12"
      value={isTyped ? text : props.value.join('\n')}
      onChange={(event) => {
        setText(event.target.value);
        props.onChange(listOf(event.target.value));
      }}
    />
  );
}

function typed(kind: Parameter['kind'], text: string): ParameterValue {
  return kind === 'number' && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function differenceText(value: readonly string[], shipped: readonly string[]): string {
  const { added, removed } = listDifference(value, shipped);
  return `${added.length} added, ${removed.length} removed`;
}
