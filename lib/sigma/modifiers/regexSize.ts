import { SigmaFault } from './fault';

/** Groups inside one another. */
const DEPTH_MAX = 50;

/**
 * About how many steps a regular expression comes to once its repeats are written out: `(a{10}){10}` is 100. What is
 * not a sound expression is counted somehow: who compiles it tells. Throws a fault for too many groups in one another.
 */
export function regexSize(pattern: string): number {
  const groups: number[] = [];
  let size = 0;
  let last = 0;
  let i = 0;
  while (i < pattern.length) {
    const c = pattern[i];
    if (c === '(') {
      groups.push(size);
      if (groups.length > DEPTH_MAX)
        throw new SigmaFault(`a regular expression has at most ${DEPTH_MAX} groups inside one another`);
      size = 0;
      last = 0;
      i++;
      continue;
    }
    if (c === ')') {
      last = size + 1;
      size = (groups.pop() ?? 0) + last;
      i++;
      continue;
    }
    const times = c === '{' ? /^\{(\d{1,6})(,?)(\d{0,6})\}/.exec(pattern.slice(i, i + 18)) : null;
    if (times !== null) {
      const most = Math.max(Number(times[1]), Number(times[3] ?? 0), 1) + (times[2] === ',' ? 1 : 0);
      size += last * (most - 1);
      last *= most;
      i += times[0].length;
      continue;
    }
    last = 1;
    size++;
    i = c === '[' ? classEnd(pattern, i) : c === '\\' ? i + 2 : i + 1;
  }
  return groups.reduce((sum, one) => sum + one, size);
}

/** Where a class that begins at `from` has ended. */
function classEnd(pattern: string, from: number): number {
  let i = from + 1;
  if (pattern[i] === '^') i++;
  if (pattern[i] === ']') i++;
  while (i < pattern.length && pattern[i] !== ']') {
    const named = pattern[i] === '[' && pattern[i + 1] === ':' ? pattern.indexOf(':]', i) : -1;
    i = named !== -1 ? named + 2 : pattern[i] === '\\' ? i + 2 : i + 1;
  }
  return i + 1;
}
