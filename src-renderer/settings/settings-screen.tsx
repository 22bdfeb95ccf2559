import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { settingsQuery } from '../app/queries.ts';
import { ReadFailed } from '../ui/parts.tsx';
import { Screen } from '../ui/screen.tsx';
import { t } from '../words/words.ts';
import { AboutPage } from './about-page.tsx';
import { AccountPage } from './account-page.tsx';
import { CallbacksPage } from './callbacks-page.tsx';
import { CallsPage } from './calls-page.tsx';
import { DataPage } from './data-page.tsx';
import { DesktopPage } from './desktop-page.tsx';
import { FlowsPage } from './flows-page.tsx';
import { HealthPage } from './health-page.tsx';
import { PhonePage } from './phone-page.tsx';
import './settings.css';

const pages = {
  account: (view) => <AccountPage view={view} />,
  flows: (view) => <FlowsPage view={view} />,
  phone: (view) => <PhonePage view={view} />,
  calls: (view) => <CallsPage view={view} />,
  callbacks: (view) => <CallbacksPage view={view} />,
  desktop: (view) => <DesktopPage view={view} />,
  health: (view) => <HealthPage view={view} />,
  data: () => <DataPage />,
  about: () => <AboutPage />,
} as const satisfies Record<string, (view: SettingsView) => ReactNode>;

type PageName = keyof typeof pages;

function isPage(name: string | undefined): name is PageName {
  return name !== undefined && Object.hasOwn(pages, name);
}

/** Short pages; a change applies at once. */
export function SettingsScreen() {
  const { page } = useParams({ strict: false });
  const { data: view, isError, refetch } = useQuery(settingsQuery);
  const shown: PageName = isPage(page) ? page : 'account';
  return (
    <Screen title={t('settings.title')}>
      <div className="settings">
        <nav aria-label={t('settings.pages')} className="settings-nav">
          {Object.keys(pages)
            .filter(isPage)
            .map((name) => (
              <Link
                key={name}
                to="/settings/$page"
                params={{ page: name }}
                aria-current={name === shown ? 'page' : undefined}
              >
                {t(`settings.page.${name}`)}
              </Link>
            ))}
        </nav>
        <div className="settings-page">
          {view && pages[shown](view)}
          {isError && !view && <ReadFailed retry={() => void refetch()} />}
        </div>
      </div>
    </Screen>
  );
}
