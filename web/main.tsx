import './shell/mantine.css';
import './shell/tokens.css';
import './shell/base.css';
import './shell/controls.css';
import './shell/frame.css';
import './shell/shared.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app.tsx';
import { preferredLanguage, wordsIn } from './words/words.ts';

const words = await wordsIn(preferredLanguage());
createRoot(document.querySelector('#console')!).render(
  <StrictMode>
    <App words={words} />
  </StrictMode>,
);
