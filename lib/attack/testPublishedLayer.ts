import { z } from 'zod';

const divider = z.strictObject({ divider: z.boolean() });
const metadata = z.array(
  z.union([z.strictObject({ name: z.string().min(1), value: z.string().min(1) }), divider]),
);
const links = z.array(
  z.union([z.strictObject({ label: z.string(), url: z.string().regex(/^\w+:\/\//) }), divider]),
);
const color = z.string().regex(/^#[0-9a-f]{6}$/i);
/**
 * The published definition of layer format 4.5 (attack-navigator, layers/spec/v4.5/layerformat.md), rule by rule:
 * required members, types, values, and nothing that it does not name.
 */
export const publishedLayer = z.strictObject({
  versions: z
    .strictObject({
      attack: z.string().regex(/\d/).optional(),
      navigator: z.string().refine((text) => atLeast(text, [4, 9, 0]), 'at least 4.9.0'),
      layer: z.literal('4.5'),
    })
    .optional(),
  name: z.string(),
  description: z.string().optional(),
  domain: z.enum(['enterprise-attack', 'mobile-attack', 'ics-attack']),
  customDataURL: z.string().optional(),
  filters: z
    .strictObject({
      platforms: z
        .array(
          z.enum([
            'PRE',
            'Windows',
            'Linux',
            'macOS',
            'Network',
            'AWS',
            'GCP',
            'Azure',
            'Azure AD',
            'Office 365',
            'SaaS',
          ]),
        )
        .optional(),
    })
    .optional(),
  sorting: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).optional(),
  layout: z
    .strictObject({
      layout: z.enum(['side', 'flat', 'mini']).optional(),
      showID: z.boolean().optional(),
      showName: z.boolean().optional(),
      showAggregateScores: z.boolean().optional(),
      countUnscored: z.boolean().optional(),
      aggregateFunction: z.enum(['average', 'min', 'max', 'sum']).optional(),
      expandedSubtechniques: z.enum(['none', 'all', 'annotated']).optional(),
    })
    .optional(),
  hideDisabled: z.boolean().optional(),
  techniques: z
    .array(
      z.strictObject({
        techniqueID: z.string().regex(/^T\d{4}(\.\d{3})?$/),
        tactic: z.string().optional(),
        comment: z.string().optional(),
        enabled: z.boolean().optional(),
        score: z.number().optional(),
        color: color.or(z.literal('')).optional(),
        metadata: metadata.optional(),
        links: links.optional(),
        showSubtechniques: z.boolean().optional(),
      }),
    )
    .optional(),
  gradient: z
    .strictObject({ colors: z.array(color).min(2), minValue: z.number(), maxValue: z.number() })
    .refine(({ minValue, maxValue }) => maxValue > minValue)
    .optional(),
  legendItems: z.array(z.strictObject({ label: z.string(), color })).optional(),
  showTacticRowBackground: z.boolean().optional(),
  tacticRowBackground: color.optional(),
  selectTechniquesAcrossTactics: z.boolean().optional(),
  selectSubtechniquesWithParent: z.boolean().optional(),
  selectVisibleTechniques: z.boolean().optional(),
  metadata: metadata.optional(),
  links: links.optional(),
});

function atLeast(text: string, least: readonly number[]): boolean {
  const parts = text.split('.').map(Number);
  const at = least.findIndex((number, i) => parts[i] !== number);
  return at < 0 || (parts[at] ?? 0) > (least[at] ?? 0);
}
