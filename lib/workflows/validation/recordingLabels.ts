import { AppError } from '../../base/appError';
import { benignLabel, type DatasetLabel, labelFile } from '../../validation/labels';
import type { InForce } from '../readCatalogue';

/** One mistake of a label: where it is in the text that was given, and what to do about it. */
type Mistake = { readonly path: string; readonly message: string };

/** Mistakes told at once. */
const TOLD = 20;
/** What one label may ask for: each text is looked for in the records of every chain it is about. */
const LIMITS = { expect: 100, stages: 50, texts: 20, characters: 1000 } as const;

/**
 * The label of one recording from what a person gave: the JSON of that recording, or a whole LABELS.json that names the
 * file. Throws `bad_request` with every mistake, each with its path.
 */
export function parseRecordingLabel(
  text: string,
  name: string,
  definitions: InForce['definitions'],
): DatasetLabel {
  const given = parseJson(text);
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw refusal([{ path: '', message: 'write an object: { "expect": [ … ] } or a whole LABELS.json' }]);
  const whole = 'datasets' in given;
  const document = whole ? given : { datasets: [{ ...given, file: name }] };
  const parsed = labelFile.safeParse(document);
  if (!parsed.success)
    throw refusal(
      parsed.error.issues.map(({ path, message }) => ({
        path: (whole ? path : path.slice(2)).map(String).join('.'),
        message,
      })),
    );
  const label = whole ? ofFile(parsed.data, name, definitions) : parsed.data.datasets[0];
  if (label === undefined) throw refusal([{ path: 'datasets', message: namesNot(parsed.data, name) }]);
  const tooMuch = excessOf(label);
  const mistakes = tooMuch.length > 0 ? tooMuch : mistakesOf(label, definitions);
  if (mistakes.length > 0) throw refusal(mistakes);
  return { ...label, file: name };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    throw refusal([{ path: '', message: `this is not JSON: ${why}` }]);
  }
}

function refusal(mistakes: readonly Mistake[]): AppError {
  const [first] = mistakes;
  const where = first === undefined || first.path === '' ? '' : ` at ${first.path}`;
  return new AppError('bad_request', `The label cannot be used${where}: ${first?.message ?? ''}.`, {
    errors: mistakes
      .slice(0, TOLD)
      .map(({ path, message }) => ({ path: path === '' ? 'labels' : `labels.${path}`, message })),
  });
}

/** The entry of a LABELS.json for a file: by its path, or by its name alone where only one file is called so. */
function ofFile(
  { datasets, unlabelled_groups: groups }: ReturnType<typeof labelFile.parse>,
  name: string,
  definitions: InForce['definitions'],
): DatasetLabel | undefined {
  const exact = datasets.find(({ file }) => file === name);
  const alike = datasets.filter(({ file }) => baseName(file) === baseName(name));
  const found = exact ?? (alike.length === 1 ? alike[0] : undefined);
  if (found !== undefined || alike.length > 1) return found;
  const quiet = Object.values(groups).some(({ files }) =>
    files.some((file) => file === name || baseName(file) === baseName(name)),
  );
  if (!quiet) return undefined;
  return benignLabel(
    name,
    definitions.filter(({ enabled }) => enabled).map(({ id }) => id),
  );
}

function namesNot({ datasets }: ReturnType<typeof labelFile.parse>, name: string): string {
  const known = datasets.slice(0, 5).map(({ file }) => file);
  return `no entry, or more than one, is about a file called ${name}; they are about ${known.join(', ')}${datasets.length > 5 ? ', …' : ''}`;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

/** Where a label asks for more than is looked for, or for nothing. */
function excessOf({ expect }: DatasetLabel): readonly Mistake[] {
  const atMost = (path: string, of: readonly unknown[], most: number, what: string): readonly Mistake[] =>
    of.length > most ? [{ path, message: `these are ${of.length} ${what}; ${most} are the most` }] : [];
  const many = atMost('expect', expect, LIMITS.expect, 'expectations');
  if (many.length > 0) return many;
  return expect.flatMap(({ stages }, i) => [
    ...atMost(`expect.${i}.stages`, stages, LIMITS.stages, 'stages'),
    ...stages.slice(0, LIMITS.stages).flatMap(({ match_all: texts }, j) => {
      const path = `expect.${i}.stages.${j}.match_all`;
      return [
        ...atMost(path, texts, LIMITS.texts, 'texts'),
        ...unfitTexts(path, texts.slice(0, LIMITS.texts)),
      ];
    }),
  ]);
}

function unfitTexts(path: string, texts: readonly string[]): readonly Mistake[] {
  return texts.flatMap((text, k): readonly Mistake[] => {
    if (text.trim() === '')
      return [
        { path: `${path}.${k}`, message: 'an empty text is in every record: write what the record says' },
      ];
    return text.length > LIMITS.characters
      ? [
          {
            path: `${path}.${k}`,
            message: `this text has ${text.length} characters; ${LIMITS.characters} are the most`,
          },
        ]
      : [];
  });
}

/** What the shape allows and nothing can be held against. */
function mistakesOf(
  { expect, none_for }: DatasetLabel,
  definitions: InForce['definitions'],
): readonly Mistake[] {
  if (expect.length + none_for.length === 0)
    return [
      { path: 'expect', message: 'say what is expected of at least one analytic, or list it in none_for' },
    ];
  const known = new Map(definitions.map(({ id, analytic }) => [id, analytic]));
  const ids = [...known.keys()].join(', ');
  const unknown = (path: string, id: string): readonly Mistake[] =>
    known.has(id) ? [] : [{ path, message: `there is no analytic ${id}; there are ${ids}` }];
  return [
    ...expect.flatMap(({ analytic: id, stages }, i) => [
      ...unknown(`expect.${i}.analytic`, id),
      ...stages.flatMap(({ stage, state }, j): readonly Mistake[] => {
        const analytic = known.get(id);
        if (state === undefined || analytic === undefined) return [];
        if (analytic.stages.some((one) => one.id === stage)) return [];
        const stages = analytic.stages.map((one) => one.id).join(', ');
        return [
          {
            path: `expect.${i}.stages.${j}.stage`,
            message: `${id} has no stage ${stage}; it has ${stages}. Words of your own need no state`,
          },
        ];
      }),
    ]),
    ...none_for.flatMap((id, i) => unknown(`none_for.${i}`, id)),
  ];
}
