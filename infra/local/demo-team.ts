import type { Ports } from '../../functions/base/ports.ts';
import { memberOf, type NewMember } from '../../functions/team/member.ts';
import { memberWrite } from '../../functions/team/store.ts';

/** One of each role. */
const TEAM: readonly NewMember[] = [
  { name: 'Claire Delorme', email: 'claire@example.org', role: 'owner' },
  { name: 'Hugo Marchand', email: 'hugo@example.org', role: 'editor' },
  { name: 'Nadia Benali', email: 'nadia@example.org', role: 'sender' },
  { name: 'Lucie Perret', email: 'lucie@example.org', role: 'support' },
  { name: 'Tom Walker', email: 'tom@example.org', role: 'analyst' },
];

/** The people of the demo house. */
export async function seedTeam(ports: Ports): Promise<void> {
  const bornAt = ports.now();
  await ports.table.writeEach(
    TEAM.map((person, place) => {
      // A millisecond apart, so that they are listed in this order.
      const member = memberOf({ ...ports, now: () => bornAt + place }, person);
      return memberWrite(ports, { member, version: 0 });
    }),
  );
}
