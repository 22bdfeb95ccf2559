import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** The catalogue is part of the bundle, so this settles at once: words are there before the first paint. */
void i18next.use(initReactI18next).init({
  lng: 'en',
  resources: { en: { translation: en } },
  initAsync: false,
  // React escapes what it shows.
  interpolation: { escapeValue: false },
});

/** The words for a key, with `{{values}}` filled in. Keys are typed by the catalogue. */
export const t = i18next.t;
