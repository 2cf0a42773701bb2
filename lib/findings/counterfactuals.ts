import type { Chain } from '../analytics/chain';

/** What would change the result, worked out from the chain's own stages and groups. */
export function counterfactualsOf(chain: Chain): readonly { readonly text: string }[] {
  return chain.complete ? dispensable(chain) : missing(chain);
}

/** For a complete chain: which stages it would survive without, and which single one holds it up. */
function dispensable(chain: Chain): readonly { readonly text: string }[] {
  const texts: string[] = [];
  for (const { stage, state } of chain.stages) {
    if (state !== 'matched' || stage.anchor) continue;
    const group = stage.group === undefined ? undefined : chain.analytic.groups.get(stage.group);
    if (group !== undefined) {
      const others =
        chain.stages.filter((other) => other.stage.group === group.id && other.state === 'matched').length -
        1;
      texts.push(
        others >= group.min
          ? `Would stay complete without "${stage.title}".`
          : `Would be partial without "${stage.title}": nothing else stands for "${group.title}".`,
      );
    } else if (stage.required) texts.push(`Would be partial without "${stage.title}".`);
  }
  return texts.map((text) => ({ text }));
}

/** For a partial chain: what is missing, and what would make a blind stage decidable. */
function missing(chain: Chain): readonly { readonly text: string }[] {
  const texts: string[] = [];
  for (const { stage, state } of chain.stages) {
    const needed = stage.required || stage.group !== undefined;
    if (state === 'matched' || !needed) continue;
    if (state === 'blind') texts.push(`"${stage.title}" becomes decidable with: ${stage.telemetry.fix}`);
    else if (stage.required)
      texts.push(`Would be one step nearer to complete with "${stage.title}", which did not happen.`);
  }
  return texts.map((text) => ({ text }));
}
