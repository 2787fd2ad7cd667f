import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import type { StoryMoment } from '../api/shapes.ts';
import { InboxLine } from '../composer/inbox-line.tsx';
import { LetterFrame } from '../composer/letter-frame.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { Said, Waiting } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import '../composer/composer.css';

type Mail = NonNullable<StoryMoment['mail']>;

/** What can be done with a mail of a story: read it as its reader had it, go to its campaign, learn why it did not come. */
export function StoryMail({ person, mail }: { readonly person: string; readonly mail: Mail }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [only, ...more] = mail.carries;
  const campaign = more.length === 0 ? only?.campaign : undefined;
  return (
    <>
      <p className="story-mail small">
        {mail.canBeRead && (
          <button type="button" className="words" onClick={() => setOpen(true)}>
            {t('story-mail.open')}
          </button>
        )}
        {campaign && <ToCampaign id={campaign}>{t('story-mail.campaign')}</ToCampaign>}
      </p>
      {more.length > 0 && (
        <p className="story-mail small">
          {t('story-mail.carried')}
          {mail.carries.map(({ campaign: id, title }) => (
            <ToCampaign key={`${id} ${title}`} id={id}>
              {title}
            </ToCampaign>
          ))}
        </p>
      )}
      {mail.became === 'unknown' && campaign && <Why person={person} campaign={campaign} />}
      {isOpen && <Read person={person} mail={mail.id} onClose={() => setOpen(false)} />}
    </>
  );
}

function ToCampaign({ id, children }: { readonly id: string | null; readonly children: string }) {
  if (id === null) return <span>{children}</span>;
  return (
    <Link to="/campaigns/$id" params={{ id }} search={{}}>
      {children}
    </Link>
  );
}

/** The mail in front of the story. */
function Read(props: {
  readonly person: string;
  readonly mail: string;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { person, mail } = props;
  const { data, error } = useQuery({
    queryKey: ['people', person, 'mails', mail],
    queryFn: () =>
      bodyOf(api.people[':id'].letters[':letter'].$get({ param: { id: person, letter: mail } })),
    retry: false,
  });
  return (
    <Sheet title={t('story-mail.title')} onClose={props.onClose} wide>
      {error && <Said error={error} />}
      {!data && !error && <Waiting />}
      {data && (
        <div className="stack letter-read">
          <InboxLine from={data.from.name} subject={data.subject} preheader="" />
          {data.isCorrected && <p className="soft">{t('story-mail.corrected')}</p>}
          <div className="letter-window">
            <LetterFrame title={data.subject} html={data.html} dark={false} pictures />
          </div>
        </div>
      )}
    </Sheet>
  );
}

/** Asks the delivery log of a large campaign for one person, page by page, when somebody wants to know. */
function Why({ person, campaign }: { readonly person: string; readonly campaign: string }) {
  const { t, named } = useWords();
  const look = useMutation({ mutationFn: () => lineOf(person, campaign) });
  if (look.error) return <Said error={look.error} />;
  if (look.isSuccess)
    return (
      <p role="status">
        {look.data
          ? t('story-mail.found', {
              decision: named('decision', look.data.decision),
              reason: named('reason', look.data.reason).toLocaleLowerCase(),
            })
          : t('story-mail.noLine')}
      </p>
    );
  return (
    <div>
      <Button variant="default" size="xs" loading={look.isPending} onClick={() => look.mutate()}>
        {t('story-mail.look')}
      </Button>
    </div>
  );
}

async function lineOf(person: string, id: string) {
  let cursor: string | undefined;
  do {
    const query = { limit: '25', person, ...(cursor !== undefined && { cursor }) };
    const page = await bodyOf(api.campaigns[':id'].deliveries.$get({ param: { id }, query }));
    if (page.items[0]) return page.items[0];
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return null;
}
