import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import '../src/kit/tokens.css';
import { pseudo, pseudoLocale } from '../src/words/pseudo.ts';
import { WordsProvider } from '../src/words/words-provider.tsx';
import { Words } from '../src/words/words.ts';
import { Page } from './page.tsx';

/**
 * `?language=en|es|pseudo&theme=light|dark&density=compact`. The clock stands still on a Tuesday morning, so that two pictures
 * of one state are the same.
 */
const asked = new URLSearchParams(location.search);
const now = Date.parse('2026-12-01T15:00:00Z');

for (const name of ['theme', 'density']) {
  const value = asked.get(name);
  if (value !== null) document.documentElement.setAttribute(`data-${name}`, value);
}

const isPseudo = asked.get('language') === 'pseudo';
const words = new Words({
  onMissing: (what) => {
    throw new Error(`missing: ${what}`);
  },
  ...(isPseudo ? { change: pseudo } : {}),
});

createRoot(document.getElementById('specimens') ?? document.body).render(
  <StrictMode>
    <WordsProvider
      words={words}
      language={asked.get('language') === 'es' ? 'es' : 'en'}
      {...(isPseudo ? { locale: pseudoLocale } : {})}
      zone="America/Chicago"
      now={() => now}
    >
      <Suspense>
        <Page only={asked.get('only')} />
      </Suspense>
    </WordsProvider>
  </StrictMode>,
);
