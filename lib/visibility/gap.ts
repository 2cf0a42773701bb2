/**
 * What can be missing where a stage is not visible. `kind`: no events of a kind at all. `silent`: a kind that came and
 * does not any more. `field`: events come without a value the stage needs. `witness`: nothing proves that the kind is
 * recorded for what the stage is about. `lineage`: too few processes know their parent. `part`: a kind that only one
 * way of the stage hangs on. `quiet`: the host reports nothing any more.
 */
export const GAP_KINDS = ['kind', 'silent', 'field', 'witness', 'lineage', 'part', 'quiet'] as const;
export type GapKind = (typeof GAP_KINDS)[number];

/** One thing that keeps a stage from being visible on a host. */
export type Gap = {
  readonly kind: GapKind;
  /** The event kind or field; of a witness, the kind it would be seen by. Absent when it is neither. */
  readonly what?: string;
  /** One sentence's part: "no network_connect events from this host". */
  readonly sentence: string;
};
