import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { useTell } from '../shell/told.tsx';
import { useWords } from '../words/speak.tsx';

type TestToMeProps = {
  readonly id: string;
  readonly language: string;
  readonly disabled: boolean;
  /** Where it is what one came for, it looks so. */
  readonly isMain?: boolean;
};

/** The letter to whoever sits here, as it is saved. */
export function TestToMe({ id, language, disabled, isMain = false }: TestToMeProps) {
  const { t } = useWords();
  const { me } = useHouse();
  const tell = useTell();
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: (to: string) =>
      bodyOf(api.campaigns[':id'].test.$post({ param: { id }, json: { to, language } })),
    onSuccess: (_, to) => {
      tell(t('test.sent', { to }));
      return queries.invalidateQueries({ queryKey: ['audit'] });
    },
    onError: () => tell(t('test.failed')),
  });
  const { email } = me;
  if (email === null) return null;
  return (
    <Button
      variant={isMain ? 'filled' : 'default'}
      disabled={disabled}
      loading={test.isPending}
      onClick={() => test.mutate(email)}
    >
      {t('test.go')}
    </Button>
  );
}
