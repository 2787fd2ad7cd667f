import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Names only: what they look like stands in tokens.css, so that no style is written into the page. */
const NAMED = Array<string>(10).fill('#7a1f3d') as unknown as MantineColorsTuple;

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent: NAMED, bad: NAMED },
  respectReducedMotion: true,
  focusRing: 'auto',
});
