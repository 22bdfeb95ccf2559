import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { flowsQuery, repQuery, statusQuery } from '../app/queries.ts';
import { useNow } from '../ui/use-now.ts';
import { t } from '../words/words.ts';
import { doorRows, type HealthRow, healthRows, refusalRows } from './health.ts';
import { SettingGroup } from './setting-row.tsx';
import { useDoors } from './use-doors.ts';
import './health-page.css';

/** Whether everything that a call needs is in place, and what to do where it is not. */
export function HealthPage({ view }: { readonly view: SettingsView }) {
  const { data: status } = useQuery(statusQuery);
  const { data: rep } = useQuery(repQuery);
  const { data: catalogue } = useQuery(flowsQuery);
  const { data: doors } = useDoors(view);
  const now = useNow();
  if (status === undefined || rep === undefined) return null;
  const refusals = refusalRows(status, now);
  const ringsMe = catalogue?.flows.some(({ kind }) => kind === 'rings-me') ?? false;
  const practice = view.values.line === 'practice';
  return (
    <>
      <SettingGroup title={t('settings.health.title')} hint={t('settings.health.hint')}>
        <Rows rows={healthRows({ status, rep, doors, practice, ringsMe })} />
      </SettingGroup>
      <SettingGroup title={t('settings.health.doors')} hint={t('settings.health.doorsHint')}>
        <Rows rows={doorRows(status, now)} />
      </SettingGroup>
      <SettingGroup title={t('settings.health.refusals')} hint={t('settings.health.refusalsHint')}>
        {refusals.length === 0 ? (
          <p className="setting-wide second">{t('settings.health.refusalsNone')}</p>
        ) : (
          <Rows rows={refusals} />
        )}
      </SettingGroup>
    </>
  );
}

const signs = { ok: IconCircleCheck, bad: IconAlertTriangle, quiet: IconCircleDashed };

function Rows({ rows }: { readonly rows: readonly HealthRow[] }) {
  return (
    <ul className="health">
      {rows.map(({ id, state, title, text, see }) => {
        const Sign = signs[state];
        return (
          <li key={id} className="health-row" data-state={state}>
            <Sign size={20} stroke={1.75} aria-hidden />
            <div>
              <p className="setting-label">{title}</p>
              <p className="second">{text}</p>
            </div>
            {see !== null && <See place={see} />}
          </li>
        );
      })}
    </ul>
  );
}

function See({ place }: { readonly place: NonNullable<HealthRow['see']> }) {
  const words = t(`settings.health.see.${place}`);
  return place === 'history' ? (
    <Link to="/history">{words}</Link>
  ) : (
    <Link to="/settings/$page" params={{ page: place }}>
      {words}
    </Link>
  );
}
