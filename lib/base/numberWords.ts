/** A share from 0 to 1 in whole percent as people read it: never rounded up to all nor down to nothing; `–` for null. */
export function percentText(share: number | null): string {
  if (share === null) return '–';
  if (share >= 1) return '100 %';
  if (share <= 0) return '0 %';
  // 0.29 times 100 is a little less than 29.
  const percent = Math.min(99, Math.floor(share * 100 + 1e-9));
  return percent < 1 ? '<1 %' : `${percent} %`;
}

/** How many, with the word for one or several. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : several}`;
}
