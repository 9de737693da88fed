import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../kit/tokens.css';
import { frameWords } from '../words/frame.words.ts';
import { languages, type Language } from '../words/vocabulary.ts';
import { WordsProvider } from '../words/words-provider.tsx';
import { Words } from '../words/words.ts';
import { router } from './router.tsx';

const words = new Words();
const language = languageOf(navigator.languages);
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

await words.load(frameWords, language);
createRoot(document.getElementById('app') ?? document.body).render(
  <StrictMode>
    <WordsProvider words={words} language={language} zone={zone} now={Date.now}>
      <RouterProvider router={router} />
    </WordsProvider>
  </StrictMode>,
);

/** The first of the browser's languages that we speak. */
function languageOf(preferred: readonly string[]): Language {
  const spoken = preferred.map((each) => languages.find((language) => each.toLowerCase().startsWith(language)));
  return spoken.find((each) => each !== undefined) ?? 'en';
}
