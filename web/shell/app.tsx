import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { Refused } from '../api/client.ts';
import { Speak } from '../words/speak.tsx';
import type { Words } from '../words/words.ts';
import { Told } from './told.tsx';
import { makeRouter } from './router.tsx';
import { theme } from './theme.ts';

/** What was read stays good this long, unless something changes it. */
const FRESH_MS = 15_000;
const TRIES = 2;

/** Everything that stands above every screen. */
export function App({ words }: { readonly words: Words }) {
  const [queries] = useState(makeQueries);
  const [router] = useState(makeRouter);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <Speak first={words}>
          <Told>
            <RouterProvider router={router} />
          </Told>
        </Speak>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function makeQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // What was refused stays refused; what did not arrive may arrive the next time.
        retry: (count, error) => !(error instanceof Refused) && count < TRIES,
      },
    },
  });
}
