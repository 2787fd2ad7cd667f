import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Sheet } from '../../shell/sheet.tsx';
import { Said, Waiting } from '../../shell/trouble.tsx';
import { useWords } from '../../words/speak.tsx';
import { keepPicture, NotAPicture, readyPicture, TooLarge } from './picture-file.ts';
import { isOurs } from './picture-url.ts';
import { picturesQuery, type Picture } from './queries.ts';

/** A picture from this machine, or one that the house has already. */
export function PictureSheet(props: {
  /** One that is there already, and is taken at once. */
  readonly file?: File;
  readonly onChoose: (picture: Picture) => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { data, hasNextPage, fetchNextPage, isPending } = useInfiniteQuery(picturesQuery);
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [share, setShare] = useState(0);
  const keep = useMutation({
    mutationFn: async (file: File) => keepPicture(file.name, await readyPicture(file), setShare),
    onSuccess: (picture) => {
      void queries.invalidateQueries({ queryKey: picturesQuery.queryKey });
      props.onChoose(picture);
    },
  });
  const { mutate } = keep;
  const { file } = props;
  const taken = useRef<File>(undefined);
  useEffect(() => {
    if (!file || taken.current === file) return;
    taken.current = file;
    mutate(file);
  }, [file, mutate]);
  const pictures = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Sheet title={t('pictures.title')} wide onClose={props.onClose}>
      <div
        className="drop-file"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          const file = event.dataTransfer.files[0];
          if (file) keep.mutate(file);
        }}
      >
        <input
          ref={input}
          type="file"
          className="hidden"
          accept="image/jpeg,image/png,image/gif,image/webp"
          aria-label={t('pictures.file')}
          tabIndex={-1}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file) keep.mutate(file);
            currentTarget.value = '';
          }}
        />
        <Button loading={keep.isPending} onClick={() => input.current?.click()}>
          {t('pictures.file')}
        </Button>
        <p className="soft small">{t('pictures.means')}</p>
        {keep.isPending && (
          <label className="small">
            {t('pictures.going')}
            <progress max={1} value={share} />
          </label>
        )}
        {keep.error && (
          <div role="alert" className="small">
            <Why error={keep.error} />
          </div>
        )}
      </div>
      <h3>{t('pictures.earlier')}</h3>
      {isPending && <Waiting />}
      {!isPending && pictures.length === 0 && <p className="soft">{t('pictures.none')}</p>}
      <ul className="plain pictures">
        {pictures.map((picture) => (
          <li key={picture.id}>
            <button type="button" onClick={() => props.onChoose(picture)}>
              {isOurs(picture.url) ? (
                <img src={new URL(picture.url).pathname} alt="" loading="lazy" />
              ) : (
                <span className="picture-elsewhere" />
              )}
              <span>{picture.name}</span>
              <span className="soft small">
                {picture.width} × {picture.height}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <div>
          <Button variant="default" onClick={() => void fetchNextPage()}>
            {t('campaigns.more')}
          </Button>
        </div>
      )}
    </Sheet>
  );
}

function Why({ error }: { readonly error: unknown }) {
  const { t } = useWords();
  if (error instanceof NotAPicture) return <p>{t('pictures.notAPicture')}</p>;
  if (error instanceof TooLarge) return <p>{t('pictures.tooLarge')}</p>;
  return <Said error={error} />;
}
