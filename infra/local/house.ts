import { newApp } from '../../functions/base/http.ts';
import { site } from '../../functions/entry/site.ts';
import { tick } from '../../functions/entry/tick.ts';
import { workers } from '../../functions/entry/workers.ts';
import { ALL_SCOPES } from '../../functions/team/api-key.ts';
import { ensureKey } from '../../functions/team/guard.ts';
import type { SignIn } from '../../functions/team/token.ts';
import { LocalIssuer } from './sign-in/issuer.ts';
import { builtConsole } from '../console.ts';
import { consoleSite } from './console.ts';
import { tools } from './tools/tools.ts';
import { buildTown, type TownPlan } from './town.ts';

export type House = Awaited<ReturnType<typeof openHouse>>;
type HousePlan = Omit<TownPlan, 'workers' | 'tick'> & {
  /** Works with every scope from the first moment on. */
  readonly apiKey: string;
  /** Where that key stands, for the start page to say. */
  readonly keyFile: string;
  /** Who signs people in: an issuer of its own on this machine, another one, or nobody. */
  readonly signIn?: LocalIssuer | SignIn | undefined;
};

/** The town with the product in it: what readers and programs reach, and what only this machine does. */
export async function openHouse({ apiKey, keyFile, signIn, ...plan }: HousePlan) {
  const town = await buildTown({ ...plan, workers, tick });
  await ensureKey(town.ports, apiKey, ALL_SCOPES);
  const issuer = signIn instanceof LocalIssuer ? signIn : undefined;
  const checked = signIn instanceof LocalIssuer ? signIn.signIn : signIn;
  const consolePages = consoleSite(builtConsole, checked ? [new URL(checked.issuer).origin] : []);
  const doors = newApp().route('/', consolePages).route('/', site(town.ports, checked));
  return { town, site: doors, tools: tools(town, { keyFile, issuer }) };
}

/** Both behind one port. The laptop's own pages come first: `/` is theirs. */
export function siteWithTools({ site, tools }: Pick<House, 'site' | 'tools'>) {
  return newApp().route('/', tools).route('/', site);
}
