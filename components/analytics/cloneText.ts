/** Ids of definitions: letters, digits and underscores, a letter first. */
const ID_RULE = /^[A-Za-z][A-Za-z0-9_]*$/;

/** What an address of this screen means already, and so no analytic is called. */
const TAKEN = new Set(['environment', 'validate', 'vocabulary', 'rerun', 'new', 'baselines']);

/** Why an id cannot be used for a definition of one's own; null when it can. */
export function idProblem(id: string, known: readonly string[]): string | null {
  if (id === '') return 'Give it an id of its own.';
  if (!ID_RULE.test(id)) return 'Letters, digits and underscores, a letter first.';
  if (TAKEN.has(id.toLowerCase())) return 'This word has another meaning here.';
  if (known.some((other) => other.toLowerCase() === id.toLowerCase())) return `${id} is there already.`;
  return null;
}

/** An id for a copy that is not taken: `AN1397_own`, `AN1397_own2`, … */
export function freeId(id: string, known: readonly string[]): string {
  const base = `${id.replace(/_own\d*$/, '')}_own`;
  let at = base;
  for (let number = 2; idProblem(at, known) !== null && number < 1000; number++) at = `${base}${number}`;
  return at;
}

/** A definition under another id and title; comments before its first key, which speak of the original, are left out. */
export function cloneText(yaml: string, id: string, title: string): string {
  const body = yaml.replace(/^(?:\s*#.*\n|\s*\n)+/, '');
  return withTopLevel(withTopLevel(body, 'id', id), 'title', JSON.stringify(title));
}

function withTopLevel(yaml: string, key: string, value: string): string {
  const lines = yaml.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`${key}:`));
  if (at < 0) return `${key}: ${value}\n${yaml}`;
  let end = at + 1;
  // A value folded over several lines goes with its key.
  while (end < lines.length && /^\s+\S/.test(lines[end] ?? '')) end++;
  return [...lines.slice(0, at), `${key}: ${value}`, ...lines.slice(end)].join('\n');
}

/** The id that a definition gives itself; null when it gives none. */
export function idOf(yaml: string): string | null {
  return /^id:\s*['"]?([^\s'"#]+)/m.exec(yaml)?.[1] ?? null;
}

/** A definition to begin with when there is nothing to copy. */
export function blankDefinition(): string {
  return `id: my_analytic
title: What it finds, in a few words
version: "1.0"
description: >-
  What happens, and why it matters.

stages:
  - id: execution
    title: A program started
    anchor: true
    on: process_start
    where:
      process.name: example.exe
    telemetry:
      needs: process_start
      fix: Record process starts.

score:
  - id: start
    take: sum
    reasons:
      - id: S1
        points: 40
        text: '{execution.image} was started'
        when: { stage: execution }

headline:
  - text: '{execution.image} was started'
`;
}
