import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { DialScreen } from '../dial/dial-screen.tsx';
import { Root } from './root.tsx';

const root = createRootRoute({ component: Root });

/** `number` fills the dial box: "call again" and "call" of a contact lead there. */
const dial = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: (search: Record<string, unknown>): { number?: string } =>
    typeof search['number'] === 'string' ? { number: search['number'].slice(0, 200) } : {},
  component: DialScreen,
});

const contacts = createRoute({
  getParentRoute: () => root,
  path: '/contacts',
  /** `number` begins a new contact with it. */
  validateSearch: (search: Record<string, unknown>): { number?: string } =>
    typeof search['number'] === 'string' ? { number: search['number'].slice(0, 200) } : {},
  component: lazyRouteComponent(() => import('../contacts/contacts-screen.tsx'), 'ContactsScreen'),
});
/** `new`, or a contact's id. */
const contact = createRoute({ getParentRoute: () => contacts, path: '$contactId' });

const history = createRoute({
  getParentRoute: () => root,
  path: '/history',
  component: lazyRouteComponent(() => import('../history/history-screen.tsx'), 'HistoryScreen'),
});
/** `note` puts the caret into the call's note. */
const call = createRoute({
  getParentRoute: () => history,
  path: '$callId',
  validateSearch: (search: Record<string, unknown>): { note?: true } =>
    search['note'] === true ? { note: true } : {},
});

/** Small windows of their own (root.tsx). */
const card = createRoute({
  getParentRoute: () => root,
  path: '/card',
  component: lazyRouteComponent(() => import('../card/card-page.tsx'), 'CardPage'),
});
const strip = createRoute({
  getParentRoute: () => root,
  path: '/strip',
  component: lazyRouteComponent(() => import('../strip/strip-page.tsx'), 'StripPage'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/settings-screen.tsx'), 'SettingsScreen'),
});
const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/$page', params: { page: 'account' }, replace: true });
  },
});
/** `flow` names the flow that is shown, `part` what of it. */
const settingsPage = createRoute({
  getParentRoute: () => settings,
  path: '$page',
  validateSearch: (search: Record<string, unknown>): { flow?: string; part?: 'setup' } => ({
    ...(typeof search['flow'] === 'string' ? { flow: search['flow'].slice(0, 60) } : {}),
    ...(search['part'] === 'setup' ? { part: 'setup' } : {}),
  }),
});

/** Places lie behind `#`, so that a reload works wherever the page's files come from. */
export const router = createRouter({
  routeTree: root.addChildren([
    dial,
    contacts.addChildren([contact]),
    history.addChildren([call]),
    settings.addChildren([settingsIndex, settingsPage]),
    card,
    strip,
  ]),
  history: createHashHistory(),
  defaultPreload: 'intent',
  // An address that leads nowhere leads to the main job.
  notFoundMode: 'root',
  defaultNotFoundComponent: DialScreen,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
