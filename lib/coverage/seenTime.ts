/**
 * For how long something was visible, partial and blind: microseconds where it is stored and added up, seconds where it
 * is told. What is in none of them, the machine was off.
 */
export type SeenTime = { readonly visible: number; readonly partial: number; readonly blind: number };

/** What a stage was on a host most of the time. */
export type SeenState = keyof SeenTime;

export const NO_TIME: SeenTime = { visible: 0, partial: 0, blind: 0 };

/** All the time there is of something. */
export function allTime({ visible, partial, blind }: SeenTime): number {
  return visible + partial + blind;
}

/** The share of time in which something could be seen whole, 0 to 1; null where there was no time. */
export function visibleShare(time: SeenTime): number | null {
  const all = allTime(time);
  return all <= 0 ? null : time.visible / all;
}

/** What something was most of the time, the darker of two that are equal; undefined when it was nothing at any time. */
export function mostOf(time: SeenTime): SeenState | undefined {
  if (allTime(time) <= 0) return undefined;
  const { visible, partial, blind } = time;
  if (blind >= partial && blind >= visible) return 'blind';
  return partial >= visible ? 'partial' : 'visible';
}

/** Two stretches together; numbers hold microseconds of one host exactly, those of many hosts are for totalOf. */
export function addTime(a: SeenTime, b: SeenTime): SeenTime {
  return { visible: a.visible + b.visible, partial: a.partial + b.partial, blind: a.blind + b.blind };
}
