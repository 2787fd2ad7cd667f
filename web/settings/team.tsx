import { Button, NativeSelect, TextInput } from '@mantine/core';
import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { api, bodyOf, versioned } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { Leaving } from '../shell/leaving.tsx';
import { Sheet } from '../shell/sheet.tsx';
import { useTell } from '../shell/told.tsx';
import { Said } from '../shell/trouble.tsx';
import { useWords } from '../words/speak.tsx';
import { isPlaced, useWrong } from './wrong.ts';

type Member = InferResponseType<typeof api.members.$get, 200>['items'][number];
type Role = Member['role'];
const ROLES: readonly Role[] = ['owner', 'editor', 'sender', 'support', 'analyst'];
type Open = { readonly is: 'new' } | { readonly is: 'change' | 'remove'; readonly member: Member };

const PAGE = '200';
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: () => bodyOf(api.members.$get({ query: { limit: PAGE } })),
});

/** Who belongs to the house, and what each is there for. */
export function Team() {
  const { t } = useWords();
  const { date, me } = useHouse();
  const { data } = useSuspenseQuery(membersQuery);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <div className="settings-part">
      <div className="row filters">
        <p className="soft">{t('team.lead')}</p>
        <Button onClick={() => setOpen({ is: 'new' })}>{t('team.invite')}</Button>
      </div>
      <ul className="plain lines">
        {data.items.map((member) => (
          <li key={member.id}>
            <div>
              <h2>
                {member.name} {member.id === me.id && <span className="soft">{t('team.you')}</span>}
              </h2>
              <p className="soft small">
                {[
                  t(`role.${member.role}`),
                  member.email,
                  member.joinedAt === null
                    ? t('team.invited', { day: date(member.invitedAt, 'day') })
                    : t('team.joined', { day: date(member.joinedAt, 'day') }),
                ].join(' · ')}
              </p>
            </div>
            <div className="row">
              <button
                type="button"
                className="words"
                aria-label={t('team.changeOne', { name: member.name })}
                onClick={() => setOpen({ is: 'change', member })}
              >
                {t('team.change')}
              </button>
              <button
                type="button"
                className="words"
                aria-label={t('team.removeOne', { name: member.name })}
                onClick={() => setOpen({ is: 'remove', member })}
              >
                {t('team.remove')}
              </button>
            </div>
          </li>
        ))}
      </ul>
      <Roles />
      {open?.is === 'new' && <MemberSheet onClose={close} />}
      {open?.is === 'change' && <MemberSheet member={open.member} onClose={close} />}
      {open?.is === 'remove' && <Remove member={open.member} onClose={close} />}
    </div>
  );
}

/** What each role may do, for whoever chooses one. */
function Roles() {
  const { t } = useWords();
  return (
    <details>
      <summary>{t('team.roles')}</summary>
      <dl className="facts">
        {ROLES.map((role) => (
          <div key={role}>
            <dt>{t(`role.${role}`)}</dt>
            <dd>{t(`team.may.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function useTeamChange<Wish>(
  act: (wish: Wish) => Promise<unknown>,
  said: string,
  onDone: () => void,
) {
  const tell = useTell();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => {
      onDone();
      tell(said);
      return Promise.all(
        [['members'], ['me']].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
    },
  });
}

type SheetProps = { readonly member?: Member; readonly onClose: () => void };

const NEW = { name: '', email: '', role: 'editor' } as const;

function MemberSheet({ member, onClose }: SheetProps) {
  const { t } = useWords();
  const came = member ?? NEW;
  const [name, setName] = useState(came.name);
  const [email, setEmail] = useState(came.email);
  const [role, setRole] = useState<Role>(came.role);
  const save = useTeamChange(
    () => (member ? change(member.id, { name, role }) : invite({ name, email, role })),
    member ? t('settings.saved') : t('team.invitedDone', { name }),
    onClose,
  );
  const wrong = useWrong(save.error);
  return (
    <Sheet
      title={member ? t('team.changeOne', { name: member.name }) : t('team.invite')}
      onClose={onClose}
    >
      <Leaving
        isHere={name !== came.name || email !== came.email || role !== came.role}
        means={t('leaving.form')}
      />
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined);
        }}
      >
        <TextInput
          label={t('team.name')}
          autoComplete="off"
          value={name}
          error={wrong('name')}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        {!member && (
          <TextInput
            type="email"
            label={t('team.email')}
            description={t('team.email.help')}
            autoComplete="off"
            value={email}
            error={wrong('email')}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          />
        )}
        <NativeSelect
          label={t('team.role')}
          description={t(`team.may.${role}`)}
          value={role}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={({ currentTarget }) =>
            setRole(ROLES.find((one) => one === currentTarget.value) ?? role)
          }
        />
        {save.error && !isPlaced(save.error, ['name', 'email', 'role']) && (
          <div role="alert" className="wrong">
            <Said error={save.error} />
          </div>
        )}
        <div className="row">
          <Button type="submit" loading={save.isPending}>
            {member ? t('settings.save') : t('team.invite')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

const invite = (json: { readonly name: string; readonly email: string; readonly role: Role }) =>
  bodyOf(api.members.$post({ json }));

async function change(id: string, json: { readonly name: string; readonly role: Role }) {
  const { version } = await versioned(api.members[':id'].$get({ param: { id } }));
  return bodyOf(
    api.members[':id'].$patch({ param: { id }, json }, { headers: { 'if-match': version } }),
  );
}

function Remove({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const { t } = useWords();
  const { name } = member;
  const remove = useTeamChange(
    () => bodyOf(api.members[':id'].remove.$post({ param: { id: member.id } })),
    t('team.removed', { name }),
    onClose,
  );
  return (
    <Sheet title={t('team.removeAsk', { name })} onClose={onClose}>
      <p>{t('team.removeMeans')}</p>
      {remove.error && (
        <div role="alert" className="wrong">
          <Said error={remove.error} />
        </div>
      )}
      <div className="row">
        <Button color="bad" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
          {t('team.remove')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('act.keep')}
        </Button>
      </div>
    </Sheet>
  );
}
