import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useHouse, useTopicName } from '../api/house.ts';
import { campaignsQuery } from '../api/queries.ts';
import { PersonName } from '../people/name.tsx';
import { segmentsQuery } from '../segments/segments-query.ts';
import { importsQuery } from './imports-query.ts';
import { membersQuery } from './team.tsx';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What was acted on, by its name where it has one that is known here. */
export function ActedOn({ act, id }: { readonly act: string; readonly id: string }) {
  const { date } = useHouse();
  const topicName = useTopicName();
  const room = /^\S+ \/([\w-]+)/.exec(act)?.[1];
  if (room === 'campaigns') return <CampaignName id={id} />;
  if (room === 'people') return <PersonName id={id} />;
  if (room === 'topics') return <span className="soft small">{topicName(id)}</span>;
  if (room === 'digests' && DAY.test(id))
    return (
      <Link to="/letters" search={{ day: id }}>
        {date(id, 'day')}
      </Link>
    );
  return <OtherName room={room} id={id} />;
}

function CampaignName({ id }: { readonly id: string }) {
  const { data } = useInfiniteQuery(campaignsQuery());
  const name = data?.pages.flatMap(({ items }) => items).find((one) => one.id === id)?.name;
  return (
    <Link to="/campaigns/$id" params={{ id }} search={{}}>
      {name ?? id}
    </Link>
  );
}

/** What stands in a list of the house; what is in none any more keeps its number. */
function OtherName({ room, id }: { readonly room: string | undefined; readonly id: string }) {
  const { may } = useHouse();
  const segments = useQuery({ ...segmentsQuery, enabled: room === 'segments' });
  const members = useQuery({ ...membersQuery, enabled: room === 'members' });
  const imports = useQuery({
    ...importsQuery,
    enabled: room === 'imports' && may('imports:write'),
  });
  const known: readonly { readonly id: string; readonly name: string }[] = [
    ...(segments.data?.items ?? []),
    ...(members.data?.items ?? []),
    ...(imports.data?.items ?? []),
  ];
  return <span className="soft small">{known.find((one) => one.id === id)?.name ?? id}</span>;
}
