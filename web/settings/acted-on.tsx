import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useHouse, useTopicName } from '../api/house.ts';
import { campaignQuery, campaignsQuery } from '../api/queries.ts';
import { PersonName } from '../people/name.tsx';
import { segmentsQuery } from '../segments/segments-query.ts';
import { useWords } from '../words/speak.tsx';
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

/** One that was taken back, as the letter of a date that was skipped, is there no more. */
function CampaignName({ id }: { readonly id: string }) {
  const { t } = useWords();
  const newest = useInfiniteQuery(campaignsQuery());
  const found = newest.data?.pages.flatMap(({ items }) => items).find((one) => one.id === id);
  // Most entries are of the newest; an older one is read by itself.
  const older = useQuery({
    ...campaignQuery(id),
    enabled: newest.isSuccess && !found,
    retry: false,
  });
  const name = found?.name ?? older.data?.body.name;
  if (older.isError) return <span className="soft small">{t('acted.gone', { id })}</span>;
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
