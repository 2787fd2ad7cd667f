import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api, versioned } from '../api/client.ts';
import { useHouse } from '../api/house.ts';
import { brandQuery } from '../api/queries.ts';
import { canonical } from '../shell/canonical.ts';
import { useKeptForm } from '../shell/kept-form.ts';
import { useTell } from '../shell/told.tsx';
import { useWords } from '../words/speak.tsx';

export type Brand = InferResponseType<typeof api.brand.$get, 200>;

/** The settings as somebody changes them: only what they changed is sent, and only to what they saw. */
export function useBrandForm() {
  const { t } = useWords();
  const { may } = useHouse();
  const tell = useTell();
  const queries = useQueryClient();
  const { data } = useSuspenseQuery(brandQuery);
  const [change, setChange] = useKeptForm<Partial<Brand>>('settings', {});
  const save = useMutation({
    mutationFn: () =>
      versioned(api.brand.$patch({ json: change }, { headers: { 'if-match': data.version } })),
    onSuccess: (saved) => {
      queries.setQueryData(brandQuery.queryKey, saved);
      setChange({});
      tell(t('settings.saved'));
      return queries.invalidateQueries({ queryKey: ['me'] });
    },
  });
  return {
    brand: { ...data.body, ...change },
    set: (more: Partial<Brand>) => setChange((old) => ({ ...old, ...more })),
    save: () => save.mutate(),
    again: () => {
      save.reset();
      return queries.invalidateQueries({ queryKey: brandQuery.queryKey });
    },
    forget: () => {
      save.reset();
      setChange({});
    },
    isSaving: save.isPending,
    // Who put back what there was has nothing to save, and nothing to lose.
    isChanged: canonical({ ...data.body, ...change }) !== canonical(data.body),
    isLocked: !may('settings:write'),
    error: save.error,
  };
}
export type BrandForm = ReturnType<typeof useBrandForm>;
