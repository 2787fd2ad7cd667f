import * as z from 'zod';
import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { apiRoute, json, jsonBody, mustMatch, newApi, setVersion } from '../team/api.ts';
import { Brand } from './brand.ts';
import { brandWrite, readBrandVersion } from './store.ts';

type Shape = typeof Brand.shape;
type WithoutDefaults = {
  [Name in Exclude<keyof Shape, 'format'>]: ReturnType<Shape[Name]['unwrap']>;
};

/** The settings without their defaults: what a change leaves out must stay, not fall back. */
const fields = Object.fromEntries(
  Object.entries(Brand.shape)
    .filter(([name]) => name !== 'format')
    .map(([name, field]) => [name, field.unwrap()]),
) as WithoutDefaults;
const BrandChange = z.strictObject(fields).partial();
const BrandView = z.object(fields).meta({ id: 'Brand' });

const tags = ['settings'];
const show = apiRoute({
  method: 'get',
  path: '/brand',
  scope: 'settings:read',
  tags,
  summary: 'The house and its rules',
  responses: { 200: json(BrandView, 'The settings; their ETag is what a change needs.') },
});
const change = apiRoute({
  method: 'patch',
  path: '/brand',
  scope: 'settings:write',
  tags,
  summary: 'Change settings',
  description:
    'Send If-Match with the ETag that was read. What is left out stays. Letter dates that were already announced stand when the day or hour of letters moves.',
  request: jsonBody(BrandChange),
  responses: { 200: json(BrandView, 'The settings as they are now.') },
});

/** The house's settings. */
export function brandApi(ports: Pick<Ports, 'table'>) {
  return newApi()
    .openapi(show, async (c) => {
      const { it, version } = await readBrandVersion(ports);
      setVersion(c, version);
      return c.json(viewOf(it), 200);
    })
    .openapi(change, async (c) => {
      const { it, version } = await readBrandVersion(ports);
      mustMatch(c, version);
      const brand = Brand.parse({ ...it, ...c.req.valid('json') });
      mustHold(brand);
      if ((await ports.table.writeAll([brandWrite(brand, version)])) === 'conflict')
        throw new Problem('changed-meanwhile');
      setVersion(c, version + 1);
      return c.json(viewOf(brand), 200);
    });
}

function mustHold(brand: Brand): void {
  if (!brand.languages.includes(brand.language))
    throw new Problem('input-invalid', {
      errors: [{ path: 'languages', detail: `must hold the main language, "${brand.language}"` }],
    });
}

function viewOf({ format: _, ...brand }: Brand): z.infer<typeof BrandView> {
  return brand;
}
