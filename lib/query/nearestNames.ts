const NAMED = 3;

/** Up to three names a mistyped one may have meant, the likeliest first; none when nothing is near. */
export function nearestNames(typed: string, names: Iterable<string>): readonly string[] {
  const wanted = typed.toLowerCase();
  const found: { readonly name: string; readonly far: number }[] = [];
  for (const name of names) {
    const far = distance(wanted, name.toLowerCase());
    if (far <= Math.max(2, Math.floor(wanted.length / 3))) found.push({ name, far });
  }
  return found
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, NAMED)
    .map((entry) => entry.name);
}

/** Half for a name that only has more around it: `command_line` in `process.command_line`. */
function distance(typed: string, name: string): number {
  if (typed.length >= 3 && (name.endsWith(`.${typed}`) || name.startsWith(`${typed}.`))) return 0.5;
  if (typed.length >= 3 && name.includes(typed)) return 1.5;
  const lastTyped = typed.slice(typed.lastIndexOf('.') + 1);
  const lastName = name.slice(name.lastIndexOf('.') + 1);
  const whole = edits(typed, name);
  // Right word, wrong family: `image.name` → `process.name` is far as text, near as meaning.
  return lastTyped !== typed && lastTyped === lastName ? Math.min(whole, 2) : whole;
}

const LONGEST = 60;

/** Levenshtein's distance; texts beyond any name's length are far from all. */
function edits(a: string, b: string): number {
  if (a.length > LONGEST) return LONGEST;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
