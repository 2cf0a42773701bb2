'use client';

import { useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import { SelectField, TextField } from '@/components/ui/TextField';
import type { Mapping, MappingCondition, MappingPreview, MappingRule } from '@/lib/contracts/mappings';
import { eventKind } from '@/lib/contracts/scalars';
import { ignoredTypes, isBare, valuesOf, withRule, withType } from './mappingDraft';

type KindRulesProps = {
  preview: MappingPreview;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
};

const TEST_WORD: Record<MappingCondition['test'], string> = {
  is: 'is',
  in: 'is one of',
  contains: 'contains',
  starts: 'starts with',
  ends: 'ends with',
  exists: 'has a value',
  missing: 'has no value',
};

/** What happened: rules in order, the first that holds decides; and what all other records are. */
export function KindRules({ preview, mapping, onChange }: KindRulesProps) {
  const paths = preview.sources.map((source) => source.path);
  const first = mapping.fields['event.code'] ?? paths[0] ?? '';
  return (
    <section aria-label="What happened">
      <h2 className="text-13">What happened</h2>
      <p className="mb-2 text-text-2">The first rule that holds says what kind of event a record is.</p>
      <ol className="space-y-2">
        {mapping.kindRules.map((rule, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
          <li key={place}>
            <Rule
              number={place + 1}
              rule={rule}
              paths={paths}
              onChange={(changed) => onChange(withRule(mapping, place, changed))}
            />
          </li>
        ))}
      </ol>
      <div className="mt-2 flex flex-wrap items-end gap-3">
        <Button
          size="sm"
          onClick={() =>
            onChange(
              withRule(mapping, mapping.kindRules.length, {
                when: [{ path: first, test: 'is', values: [] }],
                kind: 'process_start',
              }),
            )
          }
        >
          Add a rule
        </Button>
        <SelectField
          dense
          className="w-56"
          label="All other records"
          value={mapping.otherwise ?? 'ignored'}
          onChange={(event) => {
            const { otherwise: _, ...rest } = mapping;
            const kind = eventKind.safeParse(event.target.value);
            onChange(kind.success ? { ...rest, otherwise: kind.data } : rest);
          }}
        >
          <Kinds ignored="are ignored, by their type" />
        </SelectField>
      </div>
      <Uncovered preview={preview} mapping={mapping} onChange={onChange} />
    </section>
  );
}

/** Types that no rule speaks of, each with a way to say what it is. */
function Uncovered({ preview, mapping, onChange }: KindRulesProps) {
  const types = ignoredTypes(preview).slice(0, 12);
  if (types.length === 0 || mapping.fields['event.code'] === undefined) return null;
  return (
    <div className="mt-3">
      <p className="label mb-1">Types of the first records that are ignored</p>
      <ul className="space-y-1">
        {types.map(({ type, records }) => (
          <li key={type} className="flex items-center gap-2">
            <span className="machine min-w-0 flex-1 truncate">
              <HostileText text={type} />
            </span>
            <span className="num text-text-3">{records}</span>
            <SelectField
              dense
              className="w-44"
              label={`Kind of ${type}`}
              hideLabel
              value="ignored"
              onChange={(event) => {
                const kind = eventKind.safeParse(event.target.value);
                if (kind.success) onChange(withType(mapping, type, kind.data));
              }}
            >
              <Kinds ignored="ignored" />
            </SelectField>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Rule(props: {
  number: number;
  rule: MappingRule;
  paths: readonly string[];
  onChange: (rule: MappingRule | null) => void;
}) {
  const { number, rule, paths, onChange } = props;
  const change = (place: number, condition: MappingCondition | null) => {
    const when = [...rule.when];
    when.splice(place, 1, ...(condition === null ? [] : [condition]));
    onChange(when.length === 0 ? null : { ...rule, when });
  };
  return (
    <fieldset className="rounded-md border px-2.5 pb-2.5 pt-1.5">
      <legend className="label px-1">Rule {number}</legend>
      {rule.when.map((condition, place) => (
        <Condition
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place
          key={place}
          word={place === 0 ? 'When' : 'and'}
          condition={condition}
          paths={paths}
          onChange={(changed) => change(place, changed)}
        />
      ))}
      <div className="flex flex-wrap items-end gap-2">
        <SelectField
          dense
          className="w-48"
          label="it is"
          value={rule.kind}
          onChange={(event) => onChange({ ...rule, kind: event.target.value as MappingRule['kind'] })}
        >
          <Kinds ignored="ignored" />
        </SelectField>
        <Button
          size="sm"
          variant="quiet"
          onClick={() => change(rule.when.length, { path: paths[0] ?? '', test: 'exists', values: [] })}
        >
          Add a condition
        </Button>
        <Button size="sm" variant="quiet" aria-label={`Remove rule ${number}`} onClick={() => onChange(null)}>
          Remove
        </Button>
      </div>
    </fieldset>
  );
}

function Condition(props: {
  word: string;
  condition: MappingCondition;
  paths: readonly string[];
  onChange: (condition: MappingCondition | null) => void;
}) {
  const { condition, paths, onChange } = props;
  const known = paths.includes(condition.path);
  return (
    <div className="mb-2 grid grid-cols-[minmax(0,1.2fr)_112px_minmax(0,1fr)_auto] items-end gap-2">
      <SelectField
        dense
        label={props.word}
        value={condition.path}
        onChange={(event) => onChange({ ...condition, path: event.target.value })}
      >
        {known ? null : <option value={condition.path}>{condition.path}</option>}
        {paths.map((path) => (
          <option key={path} value={path}>
            {path}
          </option>
        ))}
      </SelectField>
      <SelectField
        dense
        label="Test"
        hideLabel
        value={condition.test}
        onChange={(event) => {
          const test = event.target.value as MappingCondition['test'];
          onChange({
            ...condition,
            test,
            values: isBare(test) ? [] : valuesOf(condition.values.join(' | '), test),
          });
        }}
      >
        {Object.entries(TEST_WORD).map(([test, word]) => (
          <option key={test} value={test}>
            {word}
          </option>
        ))}
      </SelectField>
      {isBare(condition.test) ? (
        <span />
      ) : (
        <Values condition={condition} onChange={(values) => onChange({ ...condition, values })} />
      )}
      <Button size="sm" variant="quiet" aria-label="Remove this condition" onClick={() => onChange(null)}>
        ×
      </Button>
    </div>
  );
}

/** What is typed stays as typed as long as it says what the condition holds. */
function Values(props: { condition: MappingCondition; onChange: (values: string[]) => void }) {
  const { test, values } = props.condition;
  const [text, setText] = useState('');
  const isTyped = valuesOf(text, test).join('\n') === values.join('\n');
  return (
    <TextField
      dense
      label="Value"
      hideLabel
      value={isTyped ? text : values.join(' | ')}
      placeholder={test === 'in' ? 'several, apart by |' : 'value'}
      onChange={(event) => {
        setText(event.target.value);
        props.onChange(valuesOf(event.target.value, test));
      }}
    />
  );
}

/** Every kind of event, and the word for none. */
function Kinds({ ignored }: { ignored: string }) {
  return (
    <>
      <option value="ignored">{ignored}</option>
      {eventKind.options.map((kind) => (
        <option key={kind} value={kind}>
          {kind.replaceAll('_', ' ')}
        </option>
      ))}
    </>
  );
}
