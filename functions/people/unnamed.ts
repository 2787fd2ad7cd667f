import type { Ports } from '../base/ports.ts';
import { Problem } from '../base/problem.ts';
import { Brand } from './brand.ts';
import { brandWrite, readBrandVersion } from './store.ts';

/** What a house is called until somebody has said who it is. */
const UNNAMED = {
  name: 'A house without a name',
  legalName: 'Not named yet',
  postalAddress: 'no postal address yet',
  sender: { name: 'Nobody yet', address: 'nobody@example.org' },
} as const;

/** A new house is nobody's yet: it begins without a name of its own, and never with somebody else's. */
export async function beginUnnamed(ports: Pick<Ports, 'table'>): Promise<void> {
  const { version } = await readBrandVersion(ports);
  if (version === 0) await ports.table.writeAll([brandWrite(Brand.parse(UNNAMED), 0)]);
}

/** What every reader has a right to know of who writes, and nobody has said yet. */
export function notSaidYet(brand: Brand): ('name' | 'legalName' | 'postalAddress' | 'sender')[] {
  return [
    ...(['name', 'legalName', 'postalAddress'] as const).filter(
      (field) => brand[field] === UNNAMED[field],
    ),
    ...(brand.sender.address === UNNAMED.sender.address ? (['sender'] as const) : []),
  ];
}

/** No mail leaves for readers before they can be told who writes, and from where. */
export function mustBeNamed({ mailer }: Pick<Ports, 'mailer'>, brand: Brand): void {
  const missing = notSaidYet(brand);
  if (mailer.staysHere === true || missing.length === 0) return;
  throw new Problem('house-not-named', {
    errors: missing.map((path) => ({ path, detail: 'nobody has said it yet' })),
  });
}
