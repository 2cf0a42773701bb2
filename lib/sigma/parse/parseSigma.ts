import { LineCounter } from 'yaml';
import { type Budget, newBudget, newFileBudget } from '../modifiers/budget';
import { SigmaFault } from '../modifiers/fault';
import type { Placeholders } from '../modifiers/placeholders';
import type { SigmaDocument, SigmaFilter, SigmaRefusal, SigmaRule } from '../rule';
import { readCorrelation, referenceOf } from './correlation';
import { readDetection } from './detection';
import { contentAt, type DocumentText, documentsOf } from './documents';
import { merged } from './globalDocument';
import { type Origin, readHead, readIdentity, readLogsource } from './head';
import { readYaml, textAt, textFault, textsAt, valueAt, type YamlMap } from './yamlValue';

/** Longest file in characters. */
const FILE_MAX = 2_000_000;
/** Longest document: SigmaHQ's has some 150,000 characters; hostile text of this length takes a second or two. */
const DOCUMENT_MAX = 250_000;
/** Longest `action: global`, which becomes part of every document behind it. */
const GLOBAL_MAX = 20_000;
/** Documents of one file. */
const DOCUMENTS_MAX = 2_000;

export type ParseOptions = {
  /** Values for `|expand`; absent: rules with placeholders are refused. */
  readonly placeholders?: Placeholders;
};
type Parsed = {
  readonly documents: readonly SigmaDocument[];
  readonly refused: readonly SigmaRefusal[];
};

/**
 * Reads a file of Sigma rules, correlations and filters, one or several documents of YAML. What cannot be used is
 * refused by itself with its place and a sentence of what to do; its neighbours are read. Never throws, whatever the
 * text; time and memory are bounded. `path` names the file in refusals.
 */
export function parseSigma(text: string, path: string, options: ParseOptions = {}): Parsed {
  if (text.length > FILE_MAX)
    return refusedFile(path, `a file of rules has at most ${FILE_MAX} characters; split it`);
  const lines = new LineCounter();
  for (let at = 0; at !== -1 && at <= text.length; ) {
    lines.addNewLine(at);
    const end = text.indexOf('\n', at);
    at = end === -1 ? -1 : end + 1;
  }
  const placeholders = options.placeholders ?? (() => undefined);
  const file: File = { text, path, lines, placeholders, budget: newFileBudget() };
  const parts = documentsOf(text);
  if (parts.length === 0) return refusedFile(path, 'this file holds no rule; it is empty or only comments');
  const documents: SigmaDocument[] = [];
  const refused: SigmaRefusal[] = [];
  let shared: Shared | undefined;
  for (const [i, part] of parts.entries()) {
    if (i >= DOCUMENTS_MAX) {
      const reason = `a file has at most ${DOCUMENTS_MAX} documents; split it`;
      refused.push({ path, ...placeOf(file, contentStart(part)), reason });
      break;
    }
    const read = readPart(file, part, shared);
    if (read.shared !== undefined) shared = read.shared === 'none' ? undefined : read.shared;
    if (read.document !== undefined) documents.push(read.document);
    if (read.refusal !== undefined) refused.push(read.refusal);
  }
  return { documents, refused };
}

type File = {
  readonly text: string;
  readonly path: string;
  readonly lines: LineCounter;
  readonly placeholders: Placeholders;
  readonly budget: Budget;
};
/** An `action: global` document, put into those that follow. */
type Shared = { readonly map: YamlMap; readonly text: string };
type Read = {
  readonly document?: SigmaDocument;
  readonly refusal?: SigmaRefusal;
  readonly shared?: Shared | 'none';
};

function readPart(file: File, part: DocumentText, shared: Shared | undefined): Read {
  let map: YamlMap | undefined;
  try {
    map = mapOf(part);
    const action = textAt(map, 'action')?.toLowerCase();
    if (action === 'global') {
      if (part.text.length > GLOBAL_MAX)
        throw new SigmaFault(
          `an "action: global" document has at most ${GLOBAL_MAX} characters; write each rule out`,
        );
      return { shared: { map, text: bare(part.text) } };
    }
    if (action === 'reset') return { shared: 'none' };
    if (action !== undefined)
      throw new SigmaFault(
        `"action: ${action.slice(0, 100)}" is an old way to write several rules in one; write each rule out`,
        valueAt(map, 'action')?.at,
      );
    const whole = shared === undefined ? map : merged(shared.map, map);
    map = whole;
    const own = bare(part.text);
    const yaml = shared === undefined ? own : `${shared.text}\n---\n${own}`;
    const line = placeOf(file, contentStart(part)).line;
    return { document: documentOf(whole, { path: file.path, line, yaml }, file) };
  } catch (error) {
    if (!(error instanceof SigmaFault)) throw error;
    const place = placeOf(file, error.at ?? map?.at ?? contentStart(part));
    const identity = map === undefined ? guessed(part.text) : readIdentity(map);
    return { refusal: { path: file.path, ...place, ...identity, reason: error.message } };
  }
}

/** A document's text without the blank lines around it; its first line keeps its indent. */
function bare(text: string): string {
  return text.replace(/^(?:[ \t\r]*\n)+/, '').trimEnd();
}

function mapOf({ text, start }: DocumentText): YamlMap {
  if (text.length > DOCUMENT_MAX)
    throw new SigmaFault(`a document has at most ${DOCUMENT_MAX} characters; split the rule`);
  const fault = textFault(text);
  if (fault !== undefined) throw new SigmaFault(fault);
  const value = readYaml(text, start);
  if (value?.kind !== 'map')
    throw new SigmaFault(
      'this is no Sigma rule: a rule is a map of keys, with title, logsource and detection',
    );
  return value;
}

function documentOf(map: YamlMap, origin: Origin, file: File): SigmaDocument {
  const head = readHead(map, origin);
  const compiling = { budget: newBudget(file.budget), placeholders: file.placeholders };
  const correlation = valueAt(map, 'correlation');
  if (correlation !== undefined) return readCorrelation(sectionOf(correlation, 'correlation'), map, head);
  const filter = valueAt(map, 'filter');
  if (filter !== undefined) {
    const section = sectionOf(filter, 'filter');
    const { condition, fields } = readDetection(section, compiling, ['rules']);
    const logsource = readLogsource(map);
    return {
      ...head,
      kind: 'filter',
      logsource,
      rules: filteredRules(section),
      condition,
      fields,
    } satisfies SigmaFilter;
  }
  const detection = valueAt(map, 'detection');
  if (detection === undefined)
    throw new SigmaFault('this is no Sigma rule: it has neither detection, correlation nor filter', map.at);
  const logsource = readLogsource(map);
  const compiled = readDetection(sectionOf(detection, 'detection'), compiling);
  return { ...head, kind: 'detection', logsource, ...compiled } satisfies SigmaRule;
}

function sectionOf(value: ReturnType<typeof valueAt>, name: string): YamlMap {
  if (value?.kind !== 'map') throw new SigmaFault(`"${name}" is a map of named parts`, value?.at);
  return value;
}

/** `any` or `all`, or nothing: every rule of its log source. */
function filteredRules(section: YamlMap): readonly string[] {
  const rules = textsAt(section, 'rules').map((text) => referenceOf(text.trim().slice(0, 500)));
  const [only] = rules;
  return rules.length === 1 && only !== undefined && /^(any|all)$/i.test(only) ? [] : rules;
}

/** Where the first thing that is said stands. */
function contentStart({ text, start }: DocumentText): number {
  return start + Math.max(0, contentAt(text));
}

function placeOf(file: File, at: number): { line: number; column: number } {
  const { line, col } = file.lines.linePos(at);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** Title and id of what is no sound YAML, for a person who looks for it. */
function guessed(text: string): { title?: string; id?: string } {
  const head = text.slice(0, 20_000);
  const title = /^title:[^\S\n]*(\S[^\n]{0,300})/m.exec(head)?.[1]?.trim();
  const id = /^id:[^\S\n]*([0-9a-f-]{36})/im.exec(head)?.[1]?.toLowerCase();
  if (textFault(head) !== undefined) return {};
  return { ...(title === undefined ? {} : { title }), ...(id === undefined ? {} : { id }) };
}

function refusedFile(path: string, reason: string): Parsed {
  return { documents: [], refused: [{ path, line: 1, column: 1, reason }] };
}
